-- What the writers did, noted by each of them about every ten seconds while they work: what the stream page and the
-- alerts speak from. The warehouse is what all machines share. Nothing is computed from these but rates and lags.
CREATE TABLE IF NOT EXISTS insert_notes
(
    since DateTime64(3, 'Asia/Shanghai'),
    noted_at DateTime64(3, 'Asia/Shanghai'),
    writer LowCardinality(String),
    door LowCardinality(String),
    blocks UInt32,
    events UInt64,
    duplicates UInt64,
    rejects UInt64,
    max_rows UInt64,
    insert_ms Float64,
    max_ms Float64,
    retries UInt32,
    failures UInt32
)
ENGINE = MergeTree
PARTITION BY toMonday(noted_at)
ORDER BY noted_at
TTL toDateTime(noted_at) + INTERVAL 30 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS partition_notes
(
    since DateTime64(3, 'Asia/Shanghai'),
    noted_at DateTime64(3, 'Asia/Shanghai'),
    writer LowCardinality(String),
    topic LowCardinality(String),
    part Int32,
    batches UInt32,
    records UInt64,
    known UInt64,
    passed_on UInt64,
    accepted UInt64,
    duplicates UInt64,
    rejects UInt64,
    lag UInt64
)
ENGINE = MergeTree
PARTITION BY toMonday(noted_at)
ORDER BY (topic, noted_at)
TTL toDateTime(noted_at) + INTERVAL 30 DAY
SETTINGS ttl_only_drop_parts = 1;

-- How far the log goes and how far it is stored, by the brokers' word, also while no worker lives.
CREATE TABLE IF NOT EXISTS log_notes
(
    noted_at DateTime64(3, 'Asia/Shanghai'),
    topic LowCardinality(String),
    part Int32,
    log_start UInt64,
    log_end UInt64,
    -- The next offset to be stored.
    stored UInt64
)
ENGINE = MergeTree
PARTITION BY toMonday(noted_at)
ORDER BY (topic, noted_at)
TTL toDateTime(noted_at) + INTERVAL 30 DAY
SETTINGS ttl_only_drop_parts = 1;
