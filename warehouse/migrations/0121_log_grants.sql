-- With which secret the product marks its own acts in the event log, so that a worker tells them from those of a foreign
-- producer. Whoever reads this table may write events anyway.
CREATE TABLE log_grant_keys
(
    secret String,
    made_at DateTime64(6, 'Asia/Shanghai')
)
ENGINE = MergeTree
ORDER BY made_at;
