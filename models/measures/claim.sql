/*
name: claim
kind: measure
grain: one row per unit and push that should be claimed
owner: models
description: Licensed pushes to the unit, and whether and when they were claimed.
parameters:
  claim.cohort: { type: choice, values: [due, pushed] }
  claim.deadlineWorkdays: { type: workdays, default: 5 }
  claim.returned: { type: choice, values: [confirmed leaves, counts as handled] }
duties: [licence]
lost: [unclaimed, claimed_late]
timed: true
work: [registration.pushed, push.claimed]
starts:
  - { type: registration.pushed, day: event_day, workdays: claim.deadlineWorkdays }
narrow: { by: push, rows: key }
columns:
  unit: unit id
  key: push_id
*/
SELECT unit, push_id AS key, subject, event_source, event_id, claim_due AS due, happened, done, on_time
FROM ref('int_due_pushes')
