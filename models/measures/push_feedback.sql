/*
name: push_feedback
kind: measure
grain: one row per unit and push
owner: models
description: >-
  Pushes whose decision day is known, claimed or not, and whether and when the outcome was fed back.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
  claim.buckets: { type: texts, default: [licensed], of: [licensed, unlicensed] }
needs: [claim.buckets]
lost: [not_fed_back, fed_back_late]
timed: ITEM.deadlineWorkdays
work: [push.outcome_fed_back]
columns:
  unit: unit id
  key: push_id
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT unit, push_id AS key, subject, event_source, event_id, assumeNotNull(decided_on) AS start, fed_back_at AS happened
  FROM ref('int_unit_pushes')
  WHERE decided_on IS NOT NULL
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
