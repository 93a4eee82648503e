/*
name: shown_unit_scores
kind: view
grain: one row per rule set, quarter and unit
owner: models
description: mart_unit_scores, with published quarters as they were published.
columns:
  quarter: quarter; the other columns are those of mart_unit_scores
*/
SELECT quarter, ruleset, unit, unit_name, unit_name_en, ord, rank, total, total_exact
FROM ref('mart_unit_scores')
WHERE (ruleset, quarter) NOT IN (SELECT ruleset, quarter FROM source('publications'))
UNION ALL
SELECT quarter, ruleset, unit, unit_name, unit_name_en, ord, rank, total, total_exact
FROM source('published_unit_scores')
WHERE publication IN (SELECT publication FROM ref('quarters'))
