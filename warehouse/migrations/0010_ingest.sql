-- Ingest keys as a log of changes: the newest row of a name is the key. Only the SHA-256 of a key is kept.
CREATE TABLE ingest_key_changes
(
    name String,
    key_hash String,
    source String,
    units Array(String),
    revoked Bool,
    changed_at DateTime64(6, 'Asia/Shanghai')
)
ENGINE = MergeTree
ORDER BY (name, changed_at);

-- Refused events that went through again, corrected or not: they leave the open list.
CREATE TABLE reject_replays
(
    reject_id UUID,
    replayed_at DateTime64(6, 'Asia/Shanghai'),
    outcome LowCardinality(String)
)
ENGINE = MergeTree
ORDER BY (reject_id, replayed_at);
