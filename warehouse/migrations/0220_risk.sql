-- Risk tiers, month by month. A month becomes visible by one insert into risk_builds; its rows carry the number of the build.
CREATE TABLE IF NOT EXISTS risk_builds
(
    month LowCardinality(String),
    build UInt64,
    fingerprint String,
    indicators String,
    version String,
    as_of_day Date32,
    events UInt64,
    newest Nullable(DateTime64(6, 'Asia/Shanghai')),
    built_at DateTime64(6, 'Asia/Shanghai')
)
ENGINE = MergeTree
ORDER BY (month, build);

-- The indicators as data; one partition for each version of the file. Points are millionths.
CREATE TABLE IF NOT EXISTS risk_indicators
(
    version_hash String,
    indicator String,
    tier String,
    event String,
    weight Int64,
    cap Int64,
    window_days UInt32,
    fades UInt8,
    latest UInt8,
    cleared_by String,
    repairable UInt8,
    member String,
    one_of Array(String),
    starts_with Array(String),
    at_least Nullable(Float64),
    same_address UInt32
)
ENGINE = MergeTree
PARTITION BY version_hash
ORDER BY indicator;

CREATE TABLE IF NOT EXISTS risk_reasons
(
    month LowCardinality(String),
    build UInt64,
    subject String,
    indicator LowCardinality(String),
    tier LowCardinality(String),
    points Int64,
    uncapped Int64,
    events Array(Tuple(source String, id String, day Date32, points Int64))
)
ENGINE = MergeTree
PARTITION BY (month, build)
ORDER BY (subject, indicator);

CREATE TABLE IF NOT EXISTS risk_tiers
(
    month LowCardinality(String),
    build UInt64,
    subject String,
    name String,
    kind LowCardinality(String),
    area LowCardinality(String),
    industry LowCardinality(String),
    points Int64,
    cuts Array(Int64),
    tier_by_points LowCardinality(String),
    direct Array(String),
    tier LowCardinality(String),
    given_tier LowCardinality(String),
    given_source LowCardinality(String),
    given_id String,
    given_day Nullable(Date32)
)
ENGINE = MergeTree
PARTITION BY (month, build)
ORDER BY (subject);
