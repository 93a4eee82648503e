-- The parts of a rule set are loaded anew by the next refresh: what a kind of part needs to know stands in one column.
DROP TABLE IF EXISTS ruleset_parts;
DROP TABLE IF EXISTS ruleset_steps;
DROP TABLE IF EXISTS ruleset_deductions;
