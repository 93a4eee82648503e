/*
name: int_claims
kind: ephemeral
grain: one row per unit and push that should be claimed
owner: models
description: Measure `claim`.
columns:
  unit: unit id
  key: push_id
*/
SELECT 'claim' AS measure, unit, push_id AS key, subject, event_source, event_id, claim_due AS due, happened, done, on_time
FROM ref('int_due_pushes')
