/*
name: objection_answer
kind: measure
grain: one row per objection
owner: models
description: >-
  Objections, due from the unit they were first forwarded to, else from that of the filing, and whether and when they were answered.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_answered, answered_late]
timed: ITEM.deadlineWorkdays
work: [objection.filed]
reads: [objection.forwarded, objection.filed, objection.answered]
columns:
  unit: unit id
  key: objection_id
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT o.unit AS unit, o.objection_id AS key, o.subject AS subject, o.event_source AS event_source, o.event_id AS event_id, o.start AS start, a.happened AS happened
  FROM (
    SELECT if(type = 'objection.forwarded', assumeNotNull(fact_text(facts, 'to_unit')), unit) AS unit, JSONExtractString(facts, 'objection_id') AS objection_id,
      subject, toString(source) AS event_source, id AS event_id, event_day AS start
    FROM ref('int_unit_events')
    WHERE type = 'objection.filed' OR (type = 'objection.forwarded' AND fact_text(facts, 'to_unit') IS NOT NULL)
    ORDER BY type = 'objection.filed', first_event('')
    LIMIT 1 BY objection_id
  ) AS o
  LEFT JOIN (
    SELECT JSONExtractString(facts, 'objection_id') AS objection_id, toNullable(min(time)) AS happened
    FROM ref('int_live_events') WHERE type = 'objection.answered' GROUP BY objection_id
  ) AS a ON a.objection_id = o.objection_id
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
