/*
name: unlicensed_handling
kind: measure
grain: one row per unit and case of unlicensed business
owner: models
description: >-
  Cases by the first event of the unit that speaks of them, and whether it dealt with them.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
  unlicensed.from: { type: day, default: null }
lost: [not_handled, handled_late]
timed: ITEM.deadlineWorkdays
work: [unlicensed.reported, unlicensed.handled]
reads: [unlicensed.handled, unlicensed.reported]
columns:
  unit: unit id
  key: case_id
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT c.unit AS unit, c.case_id AS key, c.subject AS subject, c.event_source AS event_source, c.event_id AS event_id, c.start AS start, c.happened AS happened
  FROM (
    SELECT unit, case_id, first_of(subject) AS subject, first_of(event_source) AS event_source, first_of(id) AS event_id, toDate32(min(time)) AS start,
      minOrNullIf(time, type = 'unlicensed.handled') AS happened
    FROM (
      SELECT unit, type, JSONExtractString(facts, 'case_id') AS case_id, subject, toString(source) AS event_source, id, source, time
      FROM ref('int_unit_events')
      WHERE type IN ('unlicensed.reported', 'unlicensed.handled') AND unit != ''
    )
    GROUP BY unit, case_id
  ) AS c
  WHERE ifNull(c.start >= var('unlicensed.from'), 1)
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
