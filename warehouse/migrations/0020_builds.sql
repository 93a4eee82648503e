-- What the models room has built. A build becomes visible by one insert here: marts are views that show, for each
-- quarter, the rows of its newest build (quarter '' stands for models that are not built by quarter).
CREATE TABLE IF NOT EXISTS builds
(
    quarter LowCardinality(String),
    build UInt64,
    fingerprint String,
    ruleset LowCardinality(String),
    version LowCardinality(String),
    hash String,
    cutoff Nullable(DateTime64(6, 'Asia/Shanghai')),
    as_of DateTime64(6, 'Asia/Shanghai'),
    built_at DateTime64(6, 'Asia/Shanghai')
)
ENGINE = MergeTree
ORDER BY (quarter, build);

CREATE VIEW IF NOT EXISTS live_builds AS
SELECT quarter, max(build) AS build FROM builds GROUP BY quarter;

-- Quarters that have events but cannot be scored, and why (newest row of a quarter counts; an empty reason lifts it).
CREATE TABLE IF NOT EXISTS quarter_problems
(
    quarter LowCardinality(String),
    reason String,
    noted_at DateTime64(6, 'Asia/Shanghai')
)
ENGINE = ReplacingMergeTree(noted_at)
ORDER BY quarter;

-- The recorded batches (one recorded_at each) that the staging models hold.
CREATE TABLE IF NOT EXISTS staged_batches
(
    model LowCardinality(String),
    recorded_at DateTime64(6, 'Asia/Shanghai'),
    row_count UInt64
)
ENGINE = MergeTree
ORDER BY (model, recorded_at);

-- One row a refresh that changed something.
CREATE TABLE IF NOT EXISTS refreshes
(
    refreshed_at DateTime64(6, 'Asia/Shanghai'),
    build UInt64,
    quarters Array(String),
    events UInt64,
    new_events UInt64,
    as_of DateTime64(6, 'Asia/Shanghai'),
    duration_ms UInt32,
    error String
)
ENGINE = MergeTree
ORDER BY (refreshed_at, build);
