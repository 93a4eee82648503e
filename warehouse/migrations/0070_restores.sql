-- A backup takes each table at its own moment, so a restored warehouse may lack rows of the event log below others that
-- it has. Each restore is noted here; workers read the log again from where every table is complete.
CREATE TABLE IF NOT EXISTS restores
(
    id UUID,
    restored_at DateTime64(3, 'Asia/Shanghai') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY id;

-- Partitions of the log that the workers have set back to there since.
CREATE TABLE IF NOT EXISTS followed_restores
(
    topic LowCardinality(String),
    part Int32,
    restore UUID,
    followed_at DateTime64(3, 'Asia/Shanghai') DEFAULT now64(3)
)
ENGINE = MergeTree
ORDER BY (topic, part, restore);
