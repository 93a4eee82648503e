/*
name: shown_item_scores
kind: view
grain: one row per rule set, quarter, unit and item
owner: models
description: mart_item_scores, with published quarters as they were published.
columns:
  quarter: quarter; the other columns are those of mart_item_scores
*/
SELECT quarter, ruleset, unit, item, ord, item_name, item_name_en, weight, weight_exact, points, points_exact, numerator, denominator, on_time, rank, badges, formula, clause
FROM ref('mart_item_scores')
WHERE (ruleset, quarter) NOT IN (SELECT ruleset, quarter FROM source('publications'))
UNION ALL
SELECT quarter, ruleset, unit, item, ord, item_name, item_name_en, weight, weight_exact, points, points_exact, numerator, denominator, on_time, rank, badges, formula, clause
FROM source('published_item_scores')
WHERE publication IN (SELECT publication FROM ref('quarters'))
