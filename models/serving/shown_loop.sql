/*
name: shown_loop
kind: view
grain: one row per rule set, quarter and row of serving_loop
owner: charts
description: serving_loop, with published quarters as they were published, so that the loop of joint punishment of a closed quarter agrees with its scores.
columns:
  quarter: quarter; the other columns are those of serving_loop
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
