/*
name: push_reminder
kind: measure
grain: one row per department and push of the quarter that nobody claimed
owner: models
description: >-
  Unclaimed pushes to any department, and whether the unit that holds the duty reminded of them, in time with a reminder before or on the last day.
parameters:
  claim.buckets: { type: texts, default: [licensed], of: [licensed, unlicensed] }
needs: [claim.buckets]
lost: [not_reminded, reminded_late]
timed: true
work: [push.reminded]
columns:
  unit: unit id
  key: push_id
  variant: what tells rows of one key and subject apart
*/
SELECT h.unit AS unit, p.push_id AS key, p.subject AS subject, p.department AS variant, p.event_source AS event_source, p.event_id AS event_id,
  CAST(NULL, 'Nullable(Date32)') AS due, p.reminded_at AS happened, toUInt8(p.reminded_at IS NOT NULL) AS done, p.reminded_in_time AS on_time
FROM ref('int_department_pushes') AS p
INNER JOIN ref('int_holders') AS h ON h.sender = p.sender
WHERE h.duty = var('ITEM.duties')[1] AND p.claimed_at IS NULL AND p.pushed_on BETWEEN var('quarter_start') AND var('quarter_end')
