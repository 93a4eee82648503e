-- Raw events as they came; never updated. Partitioned by the month of RECORDING, so that one insert block is one part
-- and therefore atomic. The projection finds (source, id) without a scan; it is written with its part.
CREATE TABLE IF NOT EXISTS events
(
    source LowCardinality(String),
    id String CODEC(ZSTD(3)),
    type LowCardinality(String),
    time DateTime64(6, 'Asia/Shanghai') CODEC(DoubleDelta, ZSTD(1)),
    utc_offset_min Int16 CODEC(ZSTD(1)),
    department LowCardinality(String),
    region LowCardinality(String),
    subject String CODEC(ZSTD(1)),
    data String CODEC(ZSTD(3)),
    extensions String CODEC(ZSTD(1)),
    recorded_at DateTime64(6, 'Asia/Shanghai') CODEC(ZSTD(1)),
    origin_kind LowCardinality(String),
    origin LowCardinality(String),
    origin_part Int32 CODEC(ZSTD(1)),
    origin_pos UInt64 CODEC(Delta, ZSTD(1)),
    request UUID CODEC(ZSTD(1)),
    PROJECTION by_id (SELECT source, id ORDER BY id, source)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (type, department, time, id)
SETTINGS non_replicated_deduplication_window = 10000;

-- What was refused: bytes (the first MiB of an oversized line), origin, reason.
CREATE TABLE IF NOT EXISTS rejects
(
    recorded_at DateTime64(6, 'Asia/Shanghai'),
    reject_id UUID,
    reason LowCardinality(String),
    detail String CODEC(ZSTD(1)),
    source String,
    id String,
    type String,
    bytes String CODEC(ZSTD(3)),
    size UInt64,
    origin_kind LowCardinality(String),
    origin LowCardinality(String),
    origin_part Int32,
    origin_pos UInt64,
    request UUID
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (recorded_at, reject_id)
SETTINGS non_replicated_deduplication_window = 10000;

-- Events that came again: counted, with where they came from.
CREATE TABLE IF NOT EXISTS duplicates
(
    recorded_at DateTime64(6, 'Asia/Shanghai') CODEC(ZSTD(1)),
    source LowCardinality(String),
    id String CODEC(ZSTD(3)),
    origin_kind LowCardinality(String),
    origin LowCardinality(String),
    origin_part Int32 CODEC(ZSTD(1)),
    origin_pos UInt64 CODEC(Delta, ZSTD(1)),
    request UUID CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(recorded_at)
ORDER BY (recorded_at, origin, origin_pos)
SETTINGS non_replicated_deduplication_window = 10000;
