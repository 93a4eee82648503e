/*
name: publication
kind: measure
grain: one row per unit, task and inspected object whose publication falls due in the quarter
owner: models
description: Inspected objects whose result should be published, and whether and when it was.
parameters:
  publication.deadlineWorkdays: { type: workdays, default: 20 }
lost: [not_published]
timed: true
starts:
  - { type: inspection.done, day: event_day, workdays: publication.deadlineWorkdays }
columns:
  unit: inspecting unit
  key: task_id
*/
WITH published AS (
  SELECT JSONExtractString(facts, 'task_id') AS task_id, subject, toNullable(min(time)) AS published_at
  FROM ref('int_live_events') WHERE type = 'result.published' GROUP BY task_id, subject
)
SELECT w.unit AS unit, w.task_id AS key, w.subject AS subject, w.event_source AS event_source, w.event_id AS event_id,
  toNullable(w.due) AS due, p.published_at AS happened, toUInt8(p.published_at IS NOT NULL) AS done,
  toUInt8(ifNull(toDate32(p.published_at) <= w.due, 0)) AS on_time
FROM (
  SELECT toString(e.department) AS unit, JSONExtractString(e.facts, 'task_id') AS task_id, e.subject AS subject, min(d.due) AS due,
    first_of(toString(e.source)) AS event_source, first_of(e.id) AS event_id
  FROM ref('int_live_events') AS e
  INNER JOIN (
    SELECT unit, start, due FROM ref('int_deadlines')
    WHERE workdays = var_on('publication.deadlineWorkdays', start) AND due BETWEEN var('quarter_start') AND var('quarter_end')
  ) AS d ON d.unit = e.department AND d.start = e.event_day
  WHERE e.type = 'inspection.done'
  GROUP BY e.department, task_id, e.subject
) AS w
LEFT JOIN published AS p ON p.task_id = w.task_id AND p.subject = w.subject
