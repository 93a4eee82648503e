-- Keys by which other systems read figures, as a log of changes: the newest row of a name is the key. Only the SHA-256 of a
-- key is kept.
CREATE TABLE IF NOT EXISTS read_key_changes
(
    name String,
    key_hash String,
    roles Array(LowCardinality(String)),
    units Array(String),
    areas Array(String),
    expires_at DateTime64(6, 'Asia/Shanghai'),
    revoked Bool,
    changed_at DateTime64(6, 'Asia/Shanghai'),
    changed_by String
)
ENGINE = MergeTree
ORDER BY (name, changed_at);
