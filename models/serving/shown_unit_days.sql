/*
name: shown_unit_days
kind: view
grain: one row per rule set, period and row of serving_unit_days
owner: charts
description: serving_unit_days, with published periods as they were published, so that the weekly heat map of a closed period agrees with its scores.
columns:
  quarter: quarter, month or year; the other columns are those of serving_unit_days
*/
SELECT ruleset, quarter, unit, indicator, day, counted, done, on_time
FROM ref('serving_unit_days')
WHERE (ruleset, quarter) NOT IN (
  -- Of a publication from before, or one that the log does not give again, no figures are kept.
  SELECT ruleset, quarter FROM source('publications') WHERE rows_from = 'log' AND publication IN (SELECT publication FROM ref('quarters'))
)
UNION ALL
SELECT ruleset, quarter, unit, indicator, day, counted, done, on_time
FROM source('published_unit_days')
WHERE publication IN (SELECT publication FROM ref('quarters'))
