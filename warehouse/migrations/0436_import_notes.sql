-- When it was noted that an import brings an event: of imports that noted the same one, as when the first broke off, the last
-- brought it, since it was not stored when that one was compared with what is.
ALTER TABLE import_events ADD COLUMN IF NOT EXISTS noted_at DateTime64(6, 'UTC') DEFAULT toDateTime64(0, 6, 'UTC');
