/*
name: shown_area_months
kind: view
grain: one row per rule set, period and row of serving_area_months
owner: charts
description: serving_area_months, with published periods as they were published, so that the area map of a closed period agrees with its scores.
columns:
  quarter: quarter, month or year; the other columns are those of serving_area_months
*/
SELECT ruleset, quarter, month, area, industry, unit, measure, events
FROM ref('serving_area_months')
WHERE (ruleset, quarter) NOT IN (
  -- Of a publication from before, or one that the log does not give again, no figures are kept.
  SELECT ruleset, quarter FROM source('publications') WHERE rows_from = 'log' AND publication IN (SELECT publication FROM ref('quarters'))
)
UNION ALL
SELECT ruleset, quarter, month, area, industry, unit, measure, events
FROM source('published_area_months')
WHERE publication IN (SELECT publication FROM ref('quarters'))
