/*
name: inspection_publication
kind: measure
grain: one row per unit, task and inspected object
owner: models
description: >-
  The first inspection that belongs to the quarter, and whether and when its result was published.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_published, published_late]
timed: ITEM.deadlineWorkdays
work: [inspection.done]
reads: [inspection.done, result.published]
narrow: { by: subject, rows: subject }
columns:
  unit: unit id
  key: task_id
*/
SELECT w.unit AS unit, w.task_id AS key, w.subject AS subject, w.event_source AS event_source, w.event_id AS event_id, w.due AS due, p.happened AS happened,
  toUInt8(p.happened IS NOT NULL) AS done, in_time(p.happened, w.due) AS on_time
FROM (
  SELECT e.unit AS unit, JSONExtractString(e.facts, 'task_id') AS task_id, e.subject AS subject, toString(e.source) AS event_source, e.id AS event_id, d.due AS due
  FROM ref('int_unit_events') AS e
  INNER JOIN ref('int_item_deadlines') AS d ON d.unit = e.unit AND d.start = e.event_day
  WHERE e.type = 'inspection.done'
  ORDER BY first_event('e')
  LIMIT 1 BY unit, task_id, subject
) AS w
LEFT JOIN (
  SELECT JSONExtractString(facts, 'task_id') AS task_id, subject, toNullable(min(time)) AS happened
  FROM ref('int_live_events') WHERE type = 'result.published' GROUP BY task_id, subject
) AS p ON p.task_id = w.task_id AND p.subject = w.subject
