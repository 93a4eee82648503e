/*
name: drawn_inspection
kind: measure
grain: one row per unit, task and object drawn in the quarter
owner: models
description: >-
  Objects that the unit drew, alone or with others, and whether they were inspected.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_inspected, inspected_late]
timed: ITEM.deadlineWorkdays
work: [draw.executed]
reads: [draw.executed, inspection.done]
columns:
  unit: unit id
  key: task_id
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT w.unit AS unit, w.task_id AS key, w.subject AS subject, w.event_source AS event_source, w.event_id AS event_id, w.start AS start, i.happened AS happened
  FROM (
    SELECT unit, JSONExtractString(facts, 'task_id') AS task_id, upper(arrayJoin(JSONExtract(facts, 'objects', 'Array(String)'))) AS subject,
      toString(source) AS event_source, id AS event_id, event_day AS start
    FROM ref('int_unit_events')
    WHERE type = 'draw.executed' AND unit != '' AND event_day BETWEEN var('quarter_start') AND var('quarter_end')
    ORDER BY time, id, source
    LIMIT 1 BY unit, task_id, subject
  ) AS w
  LEFT JOIN (
    SELECT JSONExtractString(facts, 'task_id') AS task_id, subject, toNullable(min(time)) AS happened
    FROM ref('int_live_events') WHERE type = 'inspection.done' GROUP BY task_id, subject
  ) AS i ON i.task_id = w.task_id AND i.subject = w.subject
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
