/*
name: registration_push
kind: measure
grain: one row per unit and subject registered
owner: models
description: >-
  Registrations of the unit, and whether the subject was pushed to anybody afterwards.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_pushed, pushed_late]
timed: ITEM.deadlineWorkdays
work: [entity.registered]
reads: [entity.registered, registration.pushed]
columns:
  unit: unit id
  key: USCC
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, r.due) AS on_time
FROM (
  SELECT r.unit AS unit, r.subject AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.due AS due,
    minOrNullIf(p.time, p.time >= r.time) AS happened
  FROM (
    SELECT e.unit AS unit, e.subject AS subject, e.time AS time, d.due AS due, toString(e.source) AS event_source, e.id AS event_id
    FROM ref('int_unit_events') AS e
    INNER JOIN ref('int_item_deadlines') AS d ON d.unit = e.unit AND d.start = e.event_day
    WHERE e.type = 'entity.registered'
    ORDER BY first_event('e')
    LIMIT 1 BY unit, subject
  ) AS r
  LEFT JOIN (SELECT subject, time FROM ref('int_live_events') WHERE type = 'registration.pushed') AS p ON p.subject = r.subject
  GROUP BY r.unit, r.subject, r.event_source, r.event_id, r.due
) AS r
