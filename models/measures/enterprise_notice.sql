/*
name: enterprise_notice
kind: measure
grain: one row per holder of the duty and subject pushed
owner: models
description: >-
  Subjects pushed to any department, and whether the enterprise was told what it needs.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
  claim.buckets: { type: texts, default: [licensed], of: [licensed, unlicensed] }
needs: [claim.buckets]
lost: [not_notified, notified_late]
timed: ITEM.deadlineWorkdays
work: [registration.pushed]
columns:
  unit: unit id
  key: USCC
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, r.due) AS on_time
FROM (
  SELECT p.unit AS unit, p.subject AS key, p.subject AS subject, p.event_source AS event_source, p.event_id AS event_id, p.due AS due, n.happened AS happened
  FROM (
    SELECT h.unit AS unit, p.subject AS subject, p.event_source AS event_source, p.event_id AS event_id, d.due AS due
    FROM ref('int_department_pushes') AS p
    INNER JOIN ref('int_holders') AS h ON h.sender = p.sender
    INNER JOIN ref('int_item_deadlines') AS d ON d.unit = h.unit AND d.start = p.pushed_on
    WHERE h.duty = var('ITEM.duties')[1]
    ORDER BY p.pushed_at, p.event_id, p.event_source
    LIMIT 1 BY unit, subject
  ) AS p
  LEFT JOIN (
    SELECT subject, toNullable(min(time)) AS happened FROM ref('int_live_events') WHERE type = 'enterprise.notified' AND subject != '' GROUP BY subject
  ) AS n ON n.subject = p.subject
) AS r
