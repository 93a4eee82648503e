/*
name: int_pushes
kind: incremental
grain: one row per unit and push that may fall due in the quarter
unique_key: [unit, push_id]
owner: models
description: >-
  State of each push as of the cut-off. Claims, feedbacks, returns and voids are matched by push_id alone, as the rule reads: whoever claimed it, it is claimed.
columns:
  quarter: quarter of the build
  unit: unit it was pushed to
  push_id: push
  subject: USCC
  area: area code of the push, else empty
  event_source: source of the push event
  event_id: id of the push event
  pushed_on: local day of the push
  claim_due: last day to claim in time
  claimed_at: first claim
  returned_at: first return
  return_confirmed: 1 if a return was confirmed
  voided: 1 if the push was voided
  fed_back_at: first feedback
  decided_on: decision day, from the first feedback that carries one, else from a licence entry naming the push
  feedback_due: last day to feed back in time
tests:
  - { name: as many as the cohort, custom: "SELECT 1 FROM (SELECT (SELECT count() FROM this) AS here, (SELECT count() FROM ref('int_push_cohort')) AS there) WHERE here != there" }
*/
-- The cohort's ids as hashes: sets of a fraction of the memory. What two equal hashes let through finds no push to join.
WITH
  cohort AS (SELECT * FROM ref('int_push_cohort') WHERE cityHash64(push_id) % var('slices') = var('slice')),
  claims AS (
    SELECT push_id, toNullable(min(time)) AS claimed_at FROM ref('int_live_events')
    WHERE type = 'push.claimed' AND cityHash64(push_id) IN (SELECT cityHash64(push_id) FROM cohort) GROUP BY push_id
  ),
  feedbacks AS (
    SELECT push_id, toNullable(min(time)) AS fed_back_at, first_if(decided_on, decided_on IS NOT NULL) AS first_decision
    FROM ref('int_live_events')
    WHERE type = 'push.outcome_fed_back' AND cityHash64(push_id) IN (SELECT cityHash64(push_id) FROM cohort) GROUP BY push_id
  ),
  licences AS (
    SELECT push_id, first_of(decided_on) AS first_decision FROM ref('int_live_events')
    WHERE type = 'licence.entered' AND decided_on IS NOT NULL AND cityHash64(push_id) IN (SELECT cityHash64(push_id) FROM cohort) GROUP BY push_id
  ),
  ends AS (
    SELECT push_id, toNullable(minIf(time, type = 'push.returned')) AS returned_at, countIf(type = 'push.returned') AS returns,
      countIf(type = 'push.return_confirmed') > 0 AS return_confirmed, countIf(type = 'push.voided') > 0 AS voided
    FROM ref('int_live_events')
    WHERE type IN ('push.returned', 'push.return_confirmed', 'push.voided') AND cityHash64(push_id) % var('slices') = var('slice') GROUP BY push_id
  ),
  states AS (
    SELECT
      p.unit AS unit, p.push_id AS push_id, p.subject AS subject, p.area AS area, p.event_source AS event_source, p.event_id AS event_id, p.pushed_on AS pushed_on,
      c.claimed_at AS claimed_at, if(e.returns > 0, e.returned_at, NULL) AS returned_at,
      toUInt8(ifNull(e.return_confirmed, 0)) AS return_confirmed, toUInt8(ifNull(e.voided, 0)) AS voided,
      f.fed_back_at AS fed_back_at, ifNull(f.first_decision, l.first_decision) AS decided_on
    FROM cohort AS p
    LEFT JOIN claims AS c ON c.push_id = p.push_id
    LEFT JOIN feedbacks AS f ON f.push_id = p.push_id
    LEFT JOIN licences AS l ON l.push_id = p.push_id
    LEFT JOIN ends AS e ON e.push_id = p.push_id
  )
SELECT
  s.unit AS unit, s.push_id AS push_id, s.subject AS subject, s.area AS area, s.event_source AS event_source, s.event_id AS event_id, s.pushed_on AS pushed_on,
  d.due AS claim_due, s.claimed_at AS claimed_at, s.returned_at AS returned_at, s.return_confirmed AS return_confirmed, s.voided AS voided,
  s.fed_back_at AS fed_back_at, s.decided_on AS decided_on,
  if(s.decided_on IS NULL, toNullable(addDays(s.pushed_on, var_on('feedback.undecidedDays', s.pushed_on))), b.due) AS feedback_due
FROM states AS s
LEFT JOIN (SELECT unit, start, due FROM ref('int_deadlines') WHERE workdays = var_on('claim.deadlineWorkdays', start)) AS d ON d.unit = s.unit AND d.start = s.pushed_on
LEFT JOIN (SELECT unit, start, due FROM ref('int_deadlines') WHERE workdays = var_on('feedback.deadlineWorkdays', start)) AS b ON b.unit = s.unit AND b.start = s.decided_on
