/*
name: stg_events
kind: append
grain: one row per recorded event
order_by: [type, time, id]
owner: models
description: Every raw event with the members that high-volume measures need as typed columns; `data` is kept for the other types.
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
  doc_no: document number of an entry, else empty
  decided_on: day of the decision, where the event carries one
  data: data member as text, for types whose members are not columns here
*/
SELECT
  source,
  id,
  type,
  time,
  toDate32(time) AS event_day,
  department,
  region,
  upper(e.subject) AS subject,
  recorded_at,
  if(type IN ('registration.pushed', 'push.claimed', 'push.returned', 'push.return_confirmed', 'push.voided',
              'push.outcome_fed_back', 'followup.checked', 'licence.entered'),
     JSONExtractString(e.data, 'push_id'), '') AS push_id,
  toLowCardinality(if(type = 'registration.pushed', JSONExtractString(e.data, 'bucket'), '')) AS bucket,
  if(type IN ('licence.entered', 'penalty.entered', 'dishonest.entered'), JSONExtractString(e.data, 'doc_no'), '') AS doc_no,
  if(type IN ('push.outcome_fed_back', 'licence.entered', 'penalty.entered', 'dishonest.entered'),
     toDate32OrNull(JSONExtractString(e.data, 'decided_on')), NULL) AS decided_on,
  if(type IN ('login.succeeded', 'registration.pushed', 'push.claimed', 'push.returned', 'push.return_confirmed',
              'push.voided', 'push.outcome_fed_back', 'licence.entered'), '', e.data) AS data
FROM source('events') AS e
