/*
name: shown_place_rows
kind: view
grain: one row per rule set, period and row of serving_place_rows
owner: charts
description: serving_place_rows, with published periods as they were published, so that the way from a figure to its records of a closed period agrees with its scores.
columns:
  quarter: quarter, month or year; the other columns are those of serving_place_rows
*/
SELECT ruleset, quarter, unit, item, area, department, key, subject, variant, event_source, event_id, due, happened, timed, by_time, amount, done, on_time
FROM ref('serving_place_rows')
WHERE (ruleset, quarter) NOT IN (
  -- Of a publication from before, or one that the log does not give again, no figures are kept.
  SELECT ruleset, quarter FROM source('publications') WHERE rows_from = 'log' AND publication IN (SELECT publication FROM ref('quarters'))
)
UNION ALL
SELECT ruleset, quarter, unit, item, area, department, key, subject, variant, event_source, event_id, due, happened, timed, by_time, amount, done, on_time
FROM source('published_place_rows')
WHERE publication IN (SELECT publication FROM ref('quarters'))
