/*
name: int_feedbacks
kind: ephemeral
grain: one row per unit and claimed push whose feedback falls due in the quarter
owner: models
description: Measure `feedback`.
columns:
  unit: unit id
  key: push_id
*/
SELECT
  'feedback' AS measure, unit, push_id AS key, subject, event_source, event_id, feedback_due AS due, fed_back_at AS happened,
  toUInt8(fed_back_at IS NOT NULL) AS done, toUInt8(ifNull(toDate32(fed_back_at) <= feedback_due, 0)) AS on_time
FROM ref('int_pushes')
WHERE NOT voided AND NOT return_confirmed AND claimed_at IS NOT NULL
  AND ifNull(feedback_due BETWEEN var('quarter_start') AND var('quarter_end'), 0)
