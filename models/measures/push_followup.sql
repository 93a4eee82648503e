/*
name: push_followup
kind: measure
grain: one row per unit and push whose check on site falls due in the quarter
owner: models
description: >-
  Pushes without a decision or another outcome within the days, and whether and when somebody went and looked. Neither days off nor outages move the last day.
parameters:
  claim.buckets: { type: texts, default: [licensed], of: [licensed, unlicensed] }
  followup.days: { type: number, default: 60, minimum: 1, maximum: 366, integer: true }
needs: [claim.buckets]
lost: [not_checked, checked_late]
timed: true
work: [followup.checked]
columns:
  unit: unit id
  key: push_id
*/
SELECT unit, push_id AS key, subject, event_source, event_id, toNullable(pushed_on + var_on('followup.days', pushed_on)) AS due, checked_at AS happened,
  toUInt8(checked_at IS NOT NULL) AS done, toUInt8(ifNull(checked_on <= due, 0)) AS on_time
FROM ref('int_unit_pushes')
WHERE pushed_on + var_on('followup.days', pushed_on) BETWEEN var('quarter_start') AND var('quarter_end') AND ifNull(decided_on > due, 1) AND ifNull(settled_on > due, 1)
