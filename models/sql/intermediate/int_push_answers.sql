/*
name: int_push_answers
kind: incremental
grain: one row per push that anything speaks of
unique_key: [push_id]
owner: models
description: >-
  What happened to each push, whoever sent it.
reads: [push.claimed, push.receipt_fed_back, push.dispatched, push.reminded, push.voided, push.return_confirmed, push.outcome_fed_back, followup.checked, licence.entered]
narrow: { by: push, rows: push_id }
columns:
  quarter: quarter of the build
  push_id: push
  gone: 1 if the push was voided or its return confirmed
  claimed_at: first claim
  receipt_at: first feedback of receipt
  dispatched_at: first handing on
  fed_back_at: first feedback
  decided_on: decision day, from the first feedback that carries one, else from the first licence that names the push
  settled_on: first day of a feedback other than not_applied
  checked_at: first on-site check
  checked_on: least day of a check
  reminded_at: first reminder
  reminded_in_time: 1 if one came before or on the last day
*/
WITH
  spoken AS (
    SELECT type, time, id, source, event_day, decided_on,
      push_id AS push,
      JSONExtractString(facts, 'outcome') AS outcome, JSONExtractString(facts, 'level') AS level, toDate32OrNull(JSONExtractString(facts, 'checked_on')) AS check_day
    FROM ref('int_live_events')
    WHERE type IN ('push.claimed', 'push.receipt_fed_back', 'push.dispatched', 'push.reminded', 'push.voided', 'push.return_confirmed',
      'push.outcome_fed_back', 'followup.checked', 'licence.entered')
  )
SELECT s.push AS push_id,
  toUInt8(countIf(s.type IN ('push.voided', 'push.return_confirmed')) > 0) AS gone,
  minOrNullIf(s.time, s.type = 'push.claimed') AS claimed_at,
  minOrNullIf(s.time, s.type = 'push.receipt_fed_back') AS receipt_at,
  minOrNullIf(s.time, s.type = 'push.dispatched') AS dispatched_at,
  minOrNullIf(s.time, s.type = 'push.outcome_fed_back') AS fed_back_at,
  ifNull(
    first_if(s.decided_on, s.type = 'push.outcome_fed_back' AND s.decided_on IS NOT NULL),
    first_if(s.decided_on, s.type = 'licence.entered' AND s.decided_on IS NOT NULL)) AS decided_on,
  minOrNullIf(s.event_day, s.type = 'push.outcome_fed_back' AND s.outcome != 'not_applied') AS settled_on,
  minOrNullIf(s.time, s.type = 'followup.checked') AS checked_at,
  minOrNullIf(s.check_day, s.type = 'followup.checked') AS checked_on,
  minOrNullIf(s.time, s.type = 'push.reminded') AS reminded_at,
  toUInt8(countIf(s.type = 'push.reminded' AND s.level IN ('before', 'on')) > 0) AS reminded_in_time
FROM spoken AS s
WHERE s.push != ''
GROUP BY s.push
