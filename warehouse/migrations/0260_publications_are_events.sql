-- Publications are events; their tables are derived and made by each refresh (models/publication/publication-tables.ts).
-- What was published before that stays here, and enters the chain as events.
RENAME TABLE publications TO earlier_publications;

RENAME TABLE published_item_scores TO earlier_item_scores;

RENAME TABLE published_unit_scores TO earlier_unit_scores;

RENAME TABLE published_lost_points TO earlier_lost_points;
