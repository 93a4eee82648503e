/*
name: feedback
kind: measure
grain: one row per unit and claimed push whose feedback falls due in the quarter
owner: models
description: Claimed pushes whose outcome should be fed back, and whether and when it was.
parameters:
  feedback.deadlineWorkdays: { type: workdays, default: 7 }
  feedback.undecidedDays: { type: number, default: 60, minimum: 0, maximum: 366, integer: true }
duties: [licence]
lost: [not_fed_back, fed_back_late]
timed: true
work: [push.outcome_fed_back, licence.entered]
starts:
  - { type: push.outcome_fed_back, day: decided_on, workdays: feedback.deadlineWorkdays }
  - { type: licence.entered, day: decided_on, workdays: feedback.deadlineWorkdays }
narrow: { by: push, rows: key }
columns:
  unit: unit id
  key: push_id
*/
SELECT
  unit, push_id AS key, subject, event_source, event_id, feedback_due AS due, fed_back_at AS happened,
  toUInt8(fed_back_at IS NOT NULL) AS done, toUInt8(ifNull(toDate32(fed_back_at) <= feedback_due, 0)) AS on_time
FROM ref('int_pushes')
WHERE NOT voided AND NOT return_confirmed AND claimed_at IS NOT NULL
  AND ifNull(feedback_due BETWEEN var('quarter_start') AND var('quarter_end'), 0)
