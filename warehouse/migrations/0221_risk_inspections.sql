-- Inspections of a month with what they found, to set beside the tiers that stood before them.
CREATE TABLE IF NOT EXISTS risk_inspections
(
    month LowCardinality(String),
    build UInt64,
    subject String,
    task_id String,
    source LowCardinality(String),
    id String,
    day Date32,
    found UInt8
)
ENGINE = MergeTree
PARTITION BY (month, build)
ORDER BY (subject, task_id);
