-- Who writes into a warehouse on a server. Those that write by themselves know only the keys that they have read, so two of
-- them side by side would store events twice: each announces itself here before it reads a key, says every few seconds that
-- it lives, and says so when it ends. Rows are only added.
CREATE TABLE IF NOT EXISTS writers
(
    owner UUID,
    kind LowCardinality(String),
    host LowCardinality(String),
    process UInt32,
    -- When the process began, and on which running machine its number counts.
    started String,
    machine LowCardinality(String),
    topic LowCardinality(String),
    -- When it announced itself first: whoever comes later gives way, or takes over from one that has fallen silent.
    since DateTime64(6, 'Asia/Shanghai'),
    step Enum8('announced' = 1, 'admitted' = 2, 'alive' = 3, 'ended' = 4),
    at DateTime64(6, 'Asia/Shanghai') DEFAULT now64(6)
)
ENGINE = MergeTree
PARTITION BY toDate(at)
ORDER BY (step, since)
TTL toDateTime(at) + INTERVAL 3 DAY
SETTINGS ttl_only_drop_parts = 1;
