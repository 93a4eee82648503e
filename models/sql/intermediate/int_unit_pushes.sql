/*
name: int_unit_pushes
kind: incremental
grain: one row per unit and push
unique_key: [unit, push_id]
owner: models
description: >-
  P of rulesets.md §2 - the first push per unit and push_id in the buckets that count, without those voided or returned.
reads: [registration.pushed]
narrow: { by: push, rows: push_id }
columns:
  quarter: quarter of the build
  unit: unit it was pushed to
  push_id: push
  subject: USCC
  event_source: source of the push event
  event_id: its id
  pushed_on: local day of the push
  pushed_at: its time
  claimed_at: as in int_push_answers, like all further columns
*/
SELECT p.unit AS unit, p.push_id AS push_id, p.subject AS subject, p.event_source AS event_source, p.event_id AS event_id, p.pushed_on AS pushed_on, p.pushed_at AS pushed_at,
  a.claimed_at AS claimed_at, a.receipt_at AS receipt_at, a.dispatched_at AS dispatched_at, a.fed_back_at AS fed_back_at, a.decided_on AS decided_on,
  a.settled_on AS settled_on, a.checked_at AS checked_at, a.checked_on AS checked_on, a.reminded_at AS reminded_at,
  ifNull(a.reminded_in_time, 0) AS reminded_in_time
FROM (
  SELECT unit, toString(department) AS department, push_id, subject, toString(source) AS event_source, id AS event_id, event_day AS pushed_on, time AS pushed_at
  FROM ref('int_unit_events')
  WHERE type = 'registration.pushed' AND has(var('claim.buckets'), toString(bucket)) AND unit != ''
  ORDER BY first_event('')
  LIMIT 1 BY unit, push_id
) AS p
LEFT JOIN ref('int_push_answers') AS a ON a.push_id = p.push_id
WHERE ifNull(a.gone, 0) = 0
