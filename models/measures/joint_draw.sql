/*
name: joint_draw
kind: measure
grain: one row per unit and joint task drawn in the quarter
owner: models
description: Joint tasks drawn in the quarter in which the unit leads or takes part; each counts as done.
lost: [draw_missing]
timed: false
work: [draw.executed]
columns:
  unit: unit id
  key: task_id
*/
SELECT t.unit AS unit, d.task_id AS key, '' AS subject, d.event_source AS event_source, d.event_id AS event_id,
  CAST(NULL, 'Nullable(Date32)') AS due, toNullable(d.drawn_at) AS happened, toUInt8(1) AS done, toUInt8(1) AS on_time
FROM ref('int_draws') AS d
INNER JOIN (SELECT DISTINCT task_id, unit FROM ref('int_tasks') WHERE scope = 'joint') AS t ON t.task_id = d.task_id
