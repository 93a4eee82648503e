-- Who writes a partition of the event log: the highest (epoch, owner) holds it. Each insert of a worker checks its claim,
-- so a worker that was stopped in its tracks and comes back cannot write beside its successor.
CREATE TABLE IF NOT EXISTS partition_claims
(
    topic LowCardinality(String),
    part Int32,
    epoch UInt64,
    owner String,
    claimed_at DateTime64(3, 'Asia/Shanghai') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY (topic, part, epoch, owner)
SETTINGS non_replicated_deduplication_window = 1000;

-- Records that were produced to another partition than the one of their (source, id), and passed on to it: where a record
-- was first, and where its copy is kept. A second copy of the same record (a worker died between passing on and
-- committing) is recognised here.
CREATE TABLE IF NOT EXISTS forwarded_records
(
    topic LowCardinality(String),
    from_part Int32,
    from_pos UInt64,
    from_time Int64,
    part Int32,
    pos UInt64,
    recorded_at DateTime64(6, 'Asia/Shanghai') DEFAULT now64(6)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (topic, from_part, from_pos)
SETTINGS non_replicated_deduplication_window = 10000;
