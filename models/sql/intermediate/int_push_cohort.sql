/*
name: int_push_cohort
kind: incremental
grain: one row per unit and push that may fall due in the quarter
unique_key: [unit, push_id]
order_by: [push_id, unit]
owner: models
description: Licensed pushes whose claim or feedback deadline may lie in the quarter - a superset that keeps the joins small. A push sent again under its id counts from the first.
columns:
  quarter: quarter of the build
  unit: unit it was pushed to
  push_id: push
  subject: USCC
  area: area code of the push, else empty
  event_source: source of the push event
  event_id: id of the push event
  pushed_at: time of the push
  pushed_on: its local day
*/
WITH
  (SELECT tuple(min(start), max(start)) FROM ref('int_deadlines') WHERE workdays = var_on('claim.deadlineWorkdays', start) AND due BETWEEN var('quarter_start') AND var('quarter_end')) AS claim_window,
  (SELECT tuple(min(start), max(start)) FROM ref('int_deadlines') WHERE workdays = var_on('feedback.deadlineWorkdays', start) AND due BETWEEN var('quarter_start') AND var('quarter_end')) AS decision_window,
  -- Undecided pushes come due after calendar days, a year at most.
  (SELECT tuple(min(day), max(day)) FROM (SELECT subtractDays(var('quarter_end'), number) AS day FROM numbers(dateDiff('day', var('quarter_start'), var('quarter_end')) + 367))
    WHERE day + var_on('feedback.undecidedDays', day) BETWEEN var('quarter_start') AND var('quarter_end')) AS undecided_window,
  -- As hashes: a set of a fraction of the memory. Two equal ones only make the superset larger.
  candidates AS (
    SELECT cityHash64(push_id) AS push FROM ref('int_live_events')
    WHERE type = 'registration.pushed' AND bucket = 'licensed' AND cityHash64(push_id) % var('slices') = var('slice')
      AND (event_day BETWEEN claim_window.1 AND claim_window.2
        OR event_day BETWEEN var('quarter_start') AND var('quarter_end')
        OR event_day BETWEEN undecided_window.1 AND undecided_window.2)
    UNION ALL
    SELECT cityHash64(push_id) AS push FROM ref('int_live_events')
    WHERE type IN ('push.outcome_fed_back', 'licence.entered') AND push_id != '' AND cityHash64(push_id) % var('slices') = var('slice') AND decided_on BETWEEN decision_window.1 AND decision_window.2
  )
-- The first event of a push, as the staged events are sorted: what would be an aggregate of tuples is a stream of rows.
SELECT
  toString(department) AS unit, push_id,
  e.subject AS subject, toString(region) AS area, toString(source) AS event_source, id AS event_id,
  time AS pushed_at, toDate32(time) AS pushed_on
FROM ref('int_live_events') AS e
WHERE type = 'registration.pushed' AND bucket = 'licensed' AND cityHash64(push_id) % var('slices') = var('slice') AND cityHash64(push_id) IN (SELECT push FROM candidates)
  AND unit IN (SELECT unit FROM ref('int_unit_duties') WHERE duty = 'licence')
ORDER BY first_event('')
LIMIT 1 BY unit, push_id
