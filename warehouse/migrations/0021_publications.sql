-- Frozen quarters: what was published, exactly, and with which rules. Never updated; a correction is a further row.
CREATE TABLE IF NOT EXISTS publications
(
    publication UUID,
    quarter LowCardinality(String),
    number UInt32,
    status LowCardinality(String),
    published_at DateTime64(6, 'Asia/Shanghai'),
    ruleset LowCardinality(String),
    version LowCardinality(String),
    hash String,
    ruleset_text String,
    cutoff Nullable(DateTime64(6, 'Asia/Shanghai')),
    as_of DateTime64(6, 'Asia/Shanghai'),
    note String,
    content_hash String
)
ENGINE = MergeTree
ORDER BY (quarter, number);

CREATE TABLE IF NOT EXISTS published_item_scores
(
    publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit LowCardinality(String),
    item LowCardinality(String), ord UInt32, weight Float64, weight_exact String, points Float64, points_exact String,
    numerator Nullable(Float64), denominator Nullable(Float64), on_time Nullable(Float64), badges Array(String),
    formula String, clause String, item_name String, item_name_en String
)
ENGINE = MergeTree
ORDER BY (publication, unit, item);

CREATE TABLE IF NOT EXISTS published_unit_scores
(
    publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit LowCardinality(String),
    unit_name String, unit_name_en String, ord UInt32, rank UInt32, total Float64, total_exact String
)
ENGINE = MergeTree
ORDER BY (publication, unit);

CREATE TABLE IF NOT EXISTS published_lost_points
(
    publication UUID, quarter LowCardinality(String), ruleset LowCardinality(String), unit LowCardinality(String),
    item LowCardinality(String), kind LowCardinality(String), key String, subject String, event_source String,
    event_id String, due Nullable(Date32), happened Nullable(DateTime64(6, 'Asia/Shanghai')), clause String,
    points Float64, ord UInt32
)
ENGINE = MergeTree
ORDER BY (publication, unit, item, ord);
