/*
name: stg_events
kind: ephemeral
grain: one row per recorded event
owner: models
description: Every recorded event as the check read it - the envelope, the members that high-volume measures need as typed columns, and all declared members as `facts`.
columns:
  source: sending system
  id: id within the source
  type: event type
  time: when it happened (legal clock)
  event_day: local day of `time`
  department: unit the event belongs to
  region: area code
  subject: USCC, empty where the event concerns none
  recorded_at: when it was recorded; one value per recorded batch
  push_id: push the event speaks of, else empty
  bucket: licensed or unlicensed, of a push
  doc_no: document number, else empty
  decided_on: day of the decision, where the event carries one
  facts: the declared members as canonical JSON
*/
SELECT
  source, id, type, time, toDate32(time) AS event_day, department, region, upper(e.subject) AS subject, recorded_at, push_id, bucket, doc_no,
  nullIf(e.decided_on, toDate32('2299-12-31')) AS decided_on,
  -- Empty facts: the bytes as they came are the canonical form, as the check has found.
  if(e.facts = '', e.data, e.facts) AS facts
FROM source('events') AS e
