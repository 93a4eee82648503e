/*
name: shown_backfill
kind: view
grain: one row per rule set, period and row of serving_backfill
owner: charts
description: serving_backfill, with published periods as they were published, so that the burn-down of a closed period agrees with its scores.
columns:
  quarter: quarter, month or year; the other columns are those of serving_backfill
*/
SELECT ruleset, quarter, unit, item, due, entered_on, records
FROM ref('serving_backfill')
WHERE (ruleset, quarter) NOT IN (
  -- Of a publication from before, or one that the log does not give again, no figures are kept.
  SELECT ruleset, quarter FROM source('publications') WHERE rows_from = 'log' AND publication IN (SELECT publication FROM ref('quarters'))
)
UNION ALL
SELECT ruleset, quarter, unit, item, due, entered_on, records
FROM source('published_backfill')
WHERE publication IN (SELECT publication FROM ref('quarters'))
