/*
name: verified_punishment
kind: measure
grain: one row per unit and subject found in a query
owner: models
description: >-
  Queries that found something, and whether the unit then punished the subject.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_applied, applied_late]
timed: ITEM.deadlineWorkdays
work: [verify.queried]
reads: [verify.queried, punishment.applied]
columns:
  unit: unit id
  key: USCC
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, r.due) AS on_time
FROM (
  SELECT q.unit AS unit, q.subject AS key, q.subject AS subject, q.event_source AS event_source, q.event_id AS event_id, q.due AS due,
    minOrNullIf(a.time, a.time >= q.time) AS happened
  FROM (
    SELECT e.unit AS unit, e.subject AS subject, e.time AS time, d.due AS due, toString(e.source) AS event_source, e.id AS event_id
    FROM ref('int_unit_events') AS e
    INNER JOIN ref('int_item_deadlines') AS d ON d.unit = e.unit AND d.start = e.event_day
    WHERE e.type = 'verify.queried' AND JSONExtractBool(e.facts, 'hit') AND e.subject != ''
    ORDER BY first_event('e')
    LIMIT 1 BY unit, subject
  ) AS q
  LEFT JOIN (
    SELECT unit, upper(arrayJoin(JSONExtract(facts, 'targets', 'Array(String)'))) AS target, time FROM ref('int_unit_events') WHERE type = 'punishment.applied'
  ) AS a ON a.unit = q.unit AND a.target = q.subject
  GROUP BY q.unit, q.subject, q.event_source, q.event_id, q.due
) AS r
