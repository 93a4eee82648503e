-- Files that the office put into its data directory, as of the latest backup: written right before it, so that it holds them
-- (backup/office-files.ts). A row with an empty path says that there was such a list, however short. Content in base64.
CREATE TABLE IF NOT EXISTS office_files
(
    path String,
    content String CODEC(ZSTD(3))
)
ENGINE = MergeTree
ORDER BY path;
