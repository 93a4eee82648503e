/*
name: serving_funnel
kind: incremental
grain: one row per unit, area, week of the push, states and deadlines of what is undone
unique_key: [unit, area, week, claim_due, feedback_due, claim_state, feedback_state]
owner: charts
description: >-
  The pushes of item `claim` (same cohort, so that the funnel and the score agree) and how far they have come by the cut-off.
  Deadlines of what is undone stay in the grain: whether it is still open or overdue depends on the day one looks.
columns:
  quarter: quarter, month or year of the build
  unit: unit it was pushed to
  area: area code of the push, else empty
  week: Monday of the week of the push
  claim_due: last day to claim in time, where not claimed; empty beyond the known calendar
  feedback_due: last day to feed back in time, where claimed and not fed back
  claim_state: on_time, late or undone
  feedback_state: on_time, late or undone; empty for what is not claimed
  pushes: how many
tests:
  - accepted_values: { column: claim_state, values: [on_time, late, undone] }
  - accepted_values: { column: feedback_state, values: [on_time, late, undone, ''] }
*/
SELECT
  p.unit AS unit, p.area AS area, toDate(toMonday(p.pushed_on)) AS week,
  toLowCardinality(multiIf(p.on_time = 1, 'on_time', p.done = 1, 'late', 'undone')) AS claim_state,
  toLowCardinality(multiIf(p.claimed_at IS NULL, '', p.fed_back_at IS NULL, 'undone', ifNull(toDate32(p.fed_back_at) <= p.feedback_due, 1), 'on_time', 'late')) AS feedback_state,
  if(claim_state = 'undone', p.claim_due, NULL) AS claim_due,
  if(feedback_state = 'undone', p.feedback_due, NULL) AS feedback_due,
  toUInt32(count()) AS pushes
FROM ref('int_due_pushes') AS p
WHERE p.unit IN (SELECT unit FROM ref('int_units'))
GROUP BY unit, area, week, claim_state, feedback_state, claim_due, feedback_due
