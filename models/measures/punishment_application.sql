/*
name: punishment_application
kind: measure
grain: one row per unit and case
owner: models
description: >-
  Cases that the unit received, and whether it applied them.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_applied, applied_late]
timed: ITEM.deadlineWorkdays
work: [punishment.received]
columns:
  unit: unit id
  key: case_id
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT unit, case_id AS key, received.3 AS subject, received.1 AS event_source, received.2 AS event_id, toDate32(assumeNotNull(received_at)) AS start, applied_at AS happened
  FROM ref('int_punishment_steps')
  WHERE received_at IS NOT NULL
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
