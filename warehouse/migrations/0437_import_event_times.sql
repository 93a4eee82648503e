-- When what an import brings happened: what the log has not delivered yet is taken back at that moment too, so that it counts in
-- no period in which it would have counted. Empty for imports from before.
ALTER TABLE import_events ADD COLUMN IF NOT EXISTS time String DEFAULT '' CODEC(ZSTD(1));
