-- One lease for all who must not write beside each other: also refreshes, and workers of another topic or cluster. Writers of
-- the version before, which still run, read who has taken over from them under the name that they know.
RENAME TABLE IF EXISTS writers TO leases;

ALTER TABLE leases ADD COLUMN IF NOT EXISTS cluster LowCardinality(String) AFTER topic;

CREATE VIEW IF NOT EXISTS writers AS SELECT * FROM leases;

-- What stood for it among refreshes, left by one that was killed.
DROP TABLE IF EXISTS refresh_lock SYNC;
