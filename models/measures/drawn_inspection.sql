/*
name: drawn_inspection
kind: measure
grain: one row per unit, task and object drawn
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
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, r.due) AS on_time
FROM (
  SELECT w.unit AS unit, w.task_id AS key, w.subject AS subject, w.event_source AS event_source, w.event_id AS event_id, w.due AS due, i.happened AS happened
  FROM (
    SELECT e.unit AS unit, JSONExtractString(e.facts, 'task_id') AS task_id, upper(arrayJoin(JSONExtract(e.facts, 'objects', 'Array(String)'))) AS subject,
      toString(e.source) AS event_source, e.id AS event_id, d.due AS due
    FROM ref('int_unit_events') AS e
    INNER JOIN ref('int_item_deadlines') AS d ON d.unit = e.unit AND d.start = e.event_day
    WHERE e.type = 'draw.executed'
    ORDER BY first_event('e')
    LIMIT 1 BY unit, task_id, subject
  ) AS w
  LEFT JOIN (
    SELECT JSONExtractString(facts, 'task_id') AS task_id, subject, toNullable(min(time)) AS happened
    FROM ref('int_live_events') WHERE type = 'inspection.done' GROUP BY task_id, subject
  ) AS i ON i.task_id = w.task_id AND i.subject = w.subject
) AS r
