-- From where; and nothing is kept for ever.
ALTER TABLE access_log ADD COLUMN address String DEFAULT '';
ALTER TABLE access_log MODIFY SETTING ttl_only_drop_parts = 1;
ALTER TABLE access_log MODIFY TTL toDateTime(at) + INTERVAL 2 YEAR SETTINGS materialize_ttl_after_modify = 0;
