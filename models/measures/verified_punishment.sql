/*
name: verified_punishment
kind: measure
grain: one row per unit and subject found in a query of the quarter
owner: models
description: >-
  Queries that found something, and whether the unit then punished the subject.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_applied]
timed: ITEM.deadlineWorkdays
work: [verify.queried]
reads: [verify.queried, punishment.applied]
columns:
  unit: unit id
  key: USCC
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT q.unit AS unit, q.subject AS key, q.subject AS subject, q.event_source AS event_source, q.event_id AS event_id, q.start AS start,
    minOrNullIf(a.time, a.time >= q.time) AS happened
  FROM (
    SELECT unit, subject, time, event_day AS start, toString(source) AS event_source, id AS event_id
    FROM ref('int_unit_events')
    WHERE type = 'verify.queried' AND JSONExtractBool(facts, 'hit') AND subject != '' AND unit != '' AND event_day BETWEEN var('quarter_start') AND var('quarter_end')
    ORDER BY time, id, source
    LIMIT 1 BY unit, subject
  ) AS q
  LEFT JOIN (
    SELECT unit, upper(arrayJoin(JSONExtract(facts, 'targets', 'Array(String)'))) AS target, time FROM ref('int_unit_events') WHERE type = 'punishment.applied'
  ) AS a ON a.unit = q.unit AND a.target = q.subject
  GROUP BY q.unit, q.subject, q.event_source, q.event_id, q.start
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
