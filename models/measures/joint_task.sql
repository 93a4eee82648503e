/*
name: joint_task
kind: measure
grain: one row per unit
owner: models
description: P2 - a joint task of the year, as lead or participant, by the end of the quarter.
lost: [no_plan]
timed: false
columns:
  unit: unit id
  key: joint_task
*/
WITH
  joint_units AS (
    SELECT DISTINCT unit FROM ref('int_tasks') WHERE scope = 'joint' AND year = var('year') AND created_on <= var('quarter_end')
  )
SELECT unit, key, '' AS subject, '' AS event_source, '' AS event_id, toNullable(var('quarter_end')) AS due,
  CAST(NULL, 'Nullable(DateTime64(6, \'Asia/Shanghai\'))') AS happened, toUInt8(ok) AS done, toUInt8(ok) AS on_time
FROM (
  SELECT unit, 'joint_task' AS key, unit IN (SELECT unit FROM joint_units) AS ok FROM ref('int_units')
)
