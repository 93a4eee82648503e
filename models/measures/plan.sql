/*
name: plan
kind: measure
grain: one row per unit and thing to be planned
owner: models
description: P1 - a plan filed and a single-department task of the year, by the end of the quarter.
lost: [no_plan]
timed: false
reads: [plan.filed]
columns:
  unit: unit id
  key: plan or task
*/
WITH
  plans AS (
    SELECT DISTINCT toString(department) AS unit FROM ref('int_live_events')
    WHERE type = 'plan.filed' AND event_day <= var('quarter_end') AND JSONExtractInt(facts, 'year') = var('year')
  ),
  single_leads AS (
    SELECT DISTINCT lead AS unit FROM ref('int_tasks') WHERE scope = 'single' AND year = var('year') AND created_on <= var('quarter_end')
  )
SELECT unit, key, '' AS subject, '' AS event_source, '' AS event_id, toNullable(var('quarter_end')) AS due,
  CAST(NULL, 'Nullable(DateTime64(6, \'Asia/Shanghai\'))') AS happened, toUInt8(ok) AS done, toUInt8(ok) AS on_time
FROM (
  SELECT unit, 'plan' AS key, unit IN (SELECT unit FROM plans) AS ok FROM ref('int_units')
  UNION ALL
  SELECT unit, 'task' AS key, unit IN (SELECT unit FROM single_leads) AS ok FROM ref('int_units')
)
