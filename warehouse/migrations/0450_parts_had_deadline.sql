-- Parts also say whether they had a limit on some day. Seeds are written again before the next build.
DROP TABLE IF EXISTS ruleset_parts;
