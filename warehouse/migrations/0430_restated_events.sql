-- Facts that were derived again from stored bytes: of rows that were stored without them, or by other declarations. One table for all
-- versions, so that whatever reads events can name it; `declarations` tells by which declarations they were derived.
-- The projection tells which recorded batches are in it without reading its rows.
CREATE TABLE IF NOT EXISTS restated_events
(
    declarations UInt32,
    source LowCardinality(String),
    id String CODEC(ZSTD(3)),
    type LowCardinality(String),
    time DateTime64(6, 'Asia/Shanghai') CODEC(DoubleDelta, ZSTD(1)),
    department LowCardinality(String),
    region LowCardinality(String),
    subject String CODEC(ZSTD(1)),
    recorded_at DateTime64(6, 'Asia/Shanghai') CODEC(ZSTD(1)),
    origin LowCardinality(String),
    facts String CODEC(ZSTD(3)),
    push_id String CODEC(ZSTD(3)),
    bucket LowCardinality(String),
    doc_no String CODEC(ZSTD(3)),
    decided_on Date32 CODEC(ZSTD(1)),
    PROJECTION batches (SELECT declarations, recorded_at, count() GROUP BY declarations, recorded_at)
)
ENGINE = MergeTree
PARTITION BY declarations
ORDER BY (type, department, time, id);
