/*
name: shown_lost_points
kind: view
grain: one row per rule set, quarter, unit, item, kind and thing that counts against the unit
owner: models
description: mart_lost_points, with published quarters as they were published.
columns:
  quarter: quarter; the other columns are those of mart_lost_points
*/
SELECT quarter, ruleset, unit, item, kind, key, subject, event_source, event_id, due, happened, clause, points, ord
FROM ref('mart_lost_points')
WHERE (ruleset, quarter) NOT IN (SELECT ruleset, quarter FROM source('publications'))
UNION ALL
SELECT quarter, ruleset, unit, item, kind, key, subject, event_source, event_id, due, happened, clause, points, ord
FROM source('published_lost_points')
WHERE publication IN (SELECT publication FROM ref('quarters'))
