/*
name: registration_push
kind: measure
grain: one row per unit and subject registered in the quarter
owner: models
description: >-
  Registrations of the unit, and whether the subject was pushed to anybody afterwards.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_pushed]
timed: ITEM.deadlineWorkdays
work: [entity.registered]
reads: [entity.registered, registration.pushed]
columns:
  unit: unit id
  key: USCC
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT r.unit AS unit, r.subject AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.start AS start,
    minOrNullIf(p.time, p.time >= r.time) AS happened
  FROM (
    SELECT unit, subject, time, event_day AS start, toString(source) AS event_source, id AS event_id
    FROM ref('int_unit_events')
    WHERE type = 'entity.registered' AND event_day BETWEEN var('quarter_start') AND var('quarter_end') AND unit != ''
    ORDER BY time, id, source
    LIMIT 1 BY unit, subject
  ) AS r
  LEFT JOIN (SELECT subject, time FROM ref('int_live_events') WHERE type = 'registration.pushed') AS p ON p.subject = r.subject
  GROUP BY r.unit, r.subject, r.event_source, r.event_id, r.start
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
