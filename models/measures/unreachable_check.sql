/*
name: unreachable_check
kind: measure
grain: one row per holder of the duty and subject reported
owner: models
description: >-
  Subjects that units could not find at their address, and whether they were listed afterwards or acted on.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_verified, verified_late]
timed: ITEM.deadlineWorkdays
work: [subject.unreachable]
reads: [subject.unreachable, abnormal.listed]
columns:
  unit: unit id
  key: USCC
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, r.due) AS on_time
FROM (
  SELECT r.unit AS unit, r.subject AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.due AS due,
    earliest(any(r.listed_at), minOrNullIf(a.time, has(r.ids, a.trigger_id))) AS happened
  FROM (
    SELECT r.unit AS unit, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.due AS due, r.ids AS ids,
      minOrNullIf(l.time, l.time >= r.first_at) AS listed_at
    FROM (
      SELECT h.unit AS unit, e.subject AS subject, min(e.time) AS first_at, first_of(tuple(d.due)).1 AS due,
        first_of(toString(e.source)) AS event_source, first_of(e.id) AS event_id, groupArray(e.id) AS ids
      FROM ref('int_unit_events') AS e
      INNER JOIN ref('int_holders') AS h ON h.sender = e.unit
      INNER JOIN ref('int_item_deadlines') AS d ON d.unit = h.unit AND d.start = e.event_day
      WHERE h.duty = var('ITEM.duties')[1] AND e.type = 'subject.unreachable' AND e.subject != '' AND e.unit != ''
      GROUP BY h.unit, e.subject
    ) AS r
    LEFT JOIN (SELECT subject, time FROM ref('int_live_events') WHERE type = 'abnormal.listed') AS l ON l.subject = r.subject
    GROUP BY r.unit, r.subject, r.event_source, r.event_id, r.due, r.ids
  ) AS r
  LEFT JOIN ref('int_linked_actions') AS a ON a.unit = r.unit AND a.subject = r.subject
  GROUP BY r.unit, r.subject, r.event_source, r.event_id, r.due
) AS r
