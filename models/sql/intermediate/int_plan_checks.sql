/*
name: int_plan_checks
kind: ephemeral
grain: one row per unit and thing to be planned
owner: models
description: Measures `plan` (P1, a plan filed and a single-department task of the year) and `joint_task` (P2, a joint task of the year, as lead or participant), by the end of the quarter.
columns:
  unit: unit id
  key: plan, task or joint_task
*/
WITH
  plans AS (
    SELECT DISTINCT toString(department) AS unit FROM ref('int_live_events')
    WHERE type = 'plan.filed' AND event_day <= var('quarter_end') AND JSONExtractInt(facts, 'year') = var('year')
  ),
  single_leads AS (
    SELECT DISTINCT lead AS unit FROM ref('int_tasks') WHERE scope = 'single' AND year = var('year') AND created_on <= var('quarter_end')
  ),
  joint_units AS (
    SELECT DISTINCT unit FROM ref('int_tasks') WHERE scope = 'joint' AND year = var('year') AND created_on <= var('quarter_end')
  ),
  checks AS (
    SELECT unit, 'plan' AS measure, 'plan' AS key, unit IN (SELECT unit FROM plans) AS ok FROM ref('int_units')
    UNION ALL
    SELECT unit, 'plan', 'task', unit IN (SELECT unit FROM single_leads) FROM ref('int_units')
    UNION ALL
    SELECT unit, 'joint_task', 'joint_task', unit IN (SELECT unit FROM joint_units) FROM ref('int_units')
  )
SELECT measure, unit, key, '' AS subject, '' AS event_source, '' AS event_id, toNullable(var('quarter_end')) AS due,
  CAST(NULL, 'Nullable(DateTime64(6, \'Asia/Shanghai\'))') AS happened, toUInt8(ok) AS done, toUInt8(ok) AS on_time
FROM checks
