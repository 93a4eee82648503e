-- Imports of tables on the pages: who sent which files, what was found in them, what became of it. Rows are only added: the
-- newest of an import is how it stands, those before are how it got there.
CREATE TABLE IF NOT EXISTS imports
(
    import_id String,
    at DateTime64(6, 'UTC'),
    account String,
    -- Of the account when it sent the files; empty: all.
    units Array(String),
    state LowCardinality(String),
    -- The whole record as JSON.
    detail String CODEC(ZSTD(3))
)
ENGINE = MergeTree
ORDER BY (import_id, at);

-- What an import brought, so that it can be taken back: its events (step 0), then the voids of each taking back and of each
-- bringing again.
CREATE TABLE IF NOT EXISTS import_events
(
    import_id String,
    step UInt32,
    source LowCardinality(String),
    id String,
    department LowCardinality(String)
)
ENGINE = ReplacingMergeTree
ORDER BY (import_id, step, source, id);
