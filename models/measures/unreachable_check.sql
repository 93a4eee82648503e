/*
name: unreachable_check
kind: measure
grain: one row per holder of the duty and subject reported in the quarter
owner: models
description: >-
  Subjects that units could not find at their address, and whether they were listed afterwards or acted on.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_verified]
timed: ITEM.deadlineWorkdays
work: [subject.unreachable]
reads: [subject.unreachable, abnormal.listed]
columns:
  unit: unit id
  key: USCC
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT r.unit AS unit, r.subject AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.start AS start,
    earliest(any(r.listed_at), minOrNullIf(a.time, has(r.ids, a.trigger_id))) AS happened
  FROM (
    SELECT r.unit AS unit, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.start AS start, r.ids AS ids,
      minOrNullIf(l.time, l.time >= r.time) AS listed_at
    FROM (
      SELECT h.unit AS unit, e.subject AS subject, min(e.time) AS time, argMin(e.event_day, (e.time, e.id, e.source)) AS start,
        argMin(toString(e.source), (e.time, e.id, e.source)) AS event_source, argMin(e.id, (e.time, e.id, e.source)) AS event_id, groupArray(e.id) AS ids
      FROM ref('int_unit_events') AS e
      INNER JOIN ref('int_holders') AS h ON h.sender = e.unit
      WHERE h.duty = var('ITEM.duties')[1] AND e.type = 'subject.unreachable' AND e.subject != '' AND e.unit != '' AND e.event_day BETWEEN var('quarter_start') AND var('quarter_end')
      GROUP BY h.unit, e.subject
    ) AS r
    LEFT JOIN (SELECT subject, time FROM ref('int_live_events') WHERE type = 'abnormal.listed') AS l ON l.subject = r.subject
    GROUP BY r.unit, r.subject, r.event_source, r.event_id, r.start, r.ids
  ) AS r
  LEFT JOIN ref('int_linked_actions') AS a ON a.unit = r.unit AND a.subject = r.subject
  GROUP BY r.unit, r.subject, r.event_source, r.event_id, r.start
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
