-- Of a draft: between which ranks each unit stands over all admissible readings of the rule, computed after a refresh. The
-- rows of the latest computed_at count; merges throw the others away.
CREATE TABLE IF NOT EXISTS rank_ranges
(
    ruleset LowCardinality(String),
    quarter LowCardinality(String),
    hash String,
    build UInt64,
    as_of DateTime64(6, 'Asia/Shanghai'),
    computed_at DateTime64(6, 'Asia/Shanghai'),
    readings UInt32,
    unit LowCardinality(String),
    best UInt32,
    worst UInt32,
    lowest String,
    highest String,
    rank UInt32,
    total String,
    mover String,
    mover_value String,
    mover_rank UInt32,
    mover_total String
)
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY ruleset
ORDER BY (ruleset, quarter, unit);
