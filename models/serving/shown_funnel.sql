/*
name: shown_funnel
kind: view
grain: one row per rule set, period and row of serving_funnel
owner: charts
description: serving_funnel, with published periods as they were published, so that the funnel of pushes of a closed period agrees with its scores.
columns:
  quarter: quarter, month or year; the other columns are those of serving_funnel
*/
SELECT ruleset, quarter, unit, area, week, claim_state, feedback_state, claim_due, feedback_due, pushes
FROM ref('serving_funnel')
WHERE (ruleset, quarter) NOT IN (
  -- Of a publication from before, or one that the log does not give again, no figures are kept.
  SELECT ruleset, quarter FROM source('publications') WHERE rows_from = 'log' AND publication IN (SELECT publication FROM ref('quarters'))
)
UNION ALL
SELECT ruleset, quarter, unit, area, week, claim_state, feedback_state, claim_due, feedback_due, pushes
FROM source('published_funnel')
WHERE publication IN (SELECT publication FROM ref('quarters'))
