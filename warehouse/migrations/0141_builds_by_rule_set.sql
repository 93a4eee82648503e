-- A build belongs to a rule set and a quarter: several rule sets are kept up to date beside each other.
CREATE OR REPLACE VIEW live_builds AS
SELECT ruleset, quarter, max(build) AS build FROM builds GROUP BY ruleset, quarter;

-- What cannot be scored is noted anew by the next refresh.
DROP TABLE IF EXISTS quarter_problems;

CREATE TABLE quarter_problems
(
    ruleset LowCardinality(String),
    quarter LowCardinality(String),
    reason String,
    noted_at DateTime64(6, 'Asia/Shanghai')
)
ENGINE = ReplacingMergeTree(noted_at)
ORDER BY (ruleset, quarter);
