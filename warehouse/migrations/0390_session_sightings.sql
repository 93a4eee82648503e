-- When a session was last used, to five minutes: whoever has it sees which of theirs are in use.
CREATE TABLE IF NOT EXISTS session_sightings
(
    token_hash String,
    seen_at DateTime64(6, 'Asia/Shanghai')
)
ENGINE = ReplacingMergeTree(seen_at)
ORDER BY token_hash
TTL toDateTime(seen_at) + INTERVAL 31 DAY;
