-- The books of a model are thrown away as a partition. A mutation will not do: the parts of a restored table keep the
-- number of their last mutation in their names while the table counts from one again, so that a new mutation
-- passes over them without a word.
DROP TABLE IF EXISTS staged_batches_by_model SYNC;

CREATE TABLE staged_batches_by_model
(
    model LowCardinality(String),
    recorded_at DateTime64(6, 'Asia/Shanghai'),
    row_count UInt64,
    run UInt64,
    earliest DateTime64(6, 'Asia/Shanghai')
)
ENGINE = MergeTree
PARTITION BY model
ORDER BY recorded_at;

INSERT INTO staged_batches_by_model SELECT model, recorded_at, row_count, run, earliest FROM staged_batches;

EXCHANGE TABLES staged_batches_by_model AND staged_batches;

DROP TABLE staged_batches_by_model SYNC;
