/*
name: shown_loop
kind: view
grain: one row per rule set, period and row of serving_loop
owner: charts
description: serving_loop, with published periods as they were published, so that the loop of joint punishment of a closed period agrees with its scores.
columns:
  quarter: quarter, month or year; the other columns are those of serving_loop
*/
SELECT ruleset, quarter, unit, item, stages, received, applied, fed_back, cases
FROM ref('serving_loop')
WHERE (ruleset, quarter) NOT IN (
  -- Of a publication from before, or one that the log does not give again, no figures are kept.
  SELECT ruleset, quarter FROM source('publications') WHERE rows_from = 'log' AND publication IN (SELECT publication FROM ref('quarters'))
)
UNION ALL
SELECT ruleset, quarter, unit, item, stages, received, applied, fed_back, cases
FROM source('published_loop')
WHERE publication IN (SELECT publication FROM ref('quarters'))
