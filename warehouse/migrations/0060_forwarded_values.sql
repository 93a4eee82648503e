-- Where a record was first is what its header claims, which a foreign producer may make up: only the same bytes make a
-- second copy. The first 64 bits of the value's SHA-256; 0 in rows from before.
ALTER TABLE forwarded_records ADD COLUMN IF NOT EXISTS value_hash UInt64 DEFAULT 0 AFTER from_time;
