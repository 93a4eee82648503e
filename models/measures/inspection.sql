/*
name: inspection
kind: measure
grain: one row per unit, task and object drawn in the quarter
owner: models
description: Objects drawn for single-department tasks the unit leads, and whether they were inspected by the cut-off.
lost: [not_inspected, draw_missing]
timed: false
work: [draw.executed, inspection.done]
reads: [inspection.done]
narrow: { by: subject, rows: subject }
columns:
  unit: leading unit
  key: task_id
*/
WITH done_inspections AS (
  SELECT JSONExtractString(facts, 'task_id') AS task_id, subject, toNullable(min(time)) AS done_at
  FROM ref('int_live_events') WHERE type = 'inspection.done' GROUP BY task_id, subject
)
SELECT w.unit AS unit, w.task_id AS key, w.subject AS subject, w.event_source AS event_source, w.event_id AS event_id,
  CAST(NULL, 'Nullable(Date32)') AS due, i.done_at AS happened, toUInt8(i.done_at IS NOT NULL) AS done, done AS on_time
FROM (
  SELECT t.lead AS unit, d.task_id AS task_id, arrayJoin(d.objects) AS subject, d.event_source AS event_source, d.event_id AS event_id
  FROM ref('int_draws') AS d
  INNER JOIN (SELECT DISTINCT task_id, lead FROM ref('int_tasks') WHERE scope = 'single') AS t ON t.task_id = d.task_id
) AS w
LEFT JOIN done_inspections AS i ON i.task_id = w.task_id AND i.subject = w.subject
