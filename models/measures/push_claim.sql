/*
name: push_claim
kind: measure
grain: one row per unit and push
owner: models
description: >-
  Pushes to the unit, and whether and when they were claimed.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
  claim.buckets: { type: texts, default: [licensed], of: [licensed, unlicensed] }
needs: [claim.buckets]
lost: [unclaimed, claimed_late]
timed: ITEM.deadlineWorkdays
work: [registration.pushed]
columns:
  unit: unit id
  key: push_id
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT unit, push_id AS key, subject, event_source, event_id, pushed_on AS start, claimed_at AS happened
  FROM ref('int_unit_pushes')
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
