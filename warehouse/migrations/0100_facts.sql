-- What the check read of each event, beside the bytes as they came: what scores reads these and never `data`.
-- `facts` is canonical JSON of the declared members, empty where `data` is written like that itself; members that many events
-- have are columns. `facts_mark` tells by which declaration they were written: 0 in rows from before.
ALTER TABLE events
    ADD COLUMN IF NOT EXISTS facts_mark UInt32 CODEC(ZSTD(1)) AFTER data,
    ADD COLUMN IF NOT EXISTS facts String CODEC(ZSTD(3)) AFTER facts_mark,
    ADD COLUMN IF NOT EXISTS push_id String CODEC(ZSTD(3)) AFTER facts,
    ADD COLUMN IF NOT EXISTS bucket LowCardinality(String) AFTER push_id,
    ADD COLUMN IF NOT EXISTS doc_no String CODEC(ZSTD(3)) AFTER bucket,
    ADD COLUMN IF NOT EXISTS decided_on Date32 DEFAULT toDate32('2299-12-31') CODEC(ZSTD(1)) AFTER doc_no;

-- The recorded batches (one recorded_at each) that the models have seen, with the earliest legal time in each, and by which
-- run: what a refresh saw but could not build is still to be built by the next one.
CREATE TABLE IF NOT EXISTS recorded_batches
(
    recorded_at DateTime64(6, 'Asia/Shanghai'),
    row_count UInt64,
    run UInt64,
    earliest DateTime64(6, 'Asia/Shanghai')
)
ENGINE = MergeTree
ORDER BY recorded_at;

DROP TABLE IF EXISTS staged_batches SYNC;
