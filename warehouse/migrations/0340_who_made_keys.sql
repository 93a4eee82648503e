-- Who made or revoked a key: the command line, or an account.
ALTER TABLE ingest_key_changes ADD COLUMN IF NOT EXISTS changed_by String DEFAULT '';
-- From where, and with which browser, a session began: whoever has it sees what is theirs and ends what is not. A table of its
-- own, since dashboards of the version before go on writing sessions while the first new one starts.
CREATE TABLE IF NOT EXISTS session_origins
(
    token_hash String,
    address String,
    agent String
)
ENGINE = MergeTree
ORDER BY token_hash;
