/*
name: risk_live_events
kind: table
grain: one row per event up to the end of the month that bears on the tier of a subject and was not voided
order_by: [type, subject]
owner: risk
description: Taken once for each build of a month, for the models that read it several times; not kept.
columns:
  subject: USCC
  source: sending system
  id: id within the source
  type: event type
  time: when it happened
  event_day: local day of `time`
  region: area code
  doc_no: document number, else empty
  facts: the declared members as canonical JSON
*/
SELECT subject, source, id, type, time, event_day, region, doc_no, facts
FROM ref('int_live_events')
WHERE subject != '' AND (type IN ('entity.registered', 'entity.cancelled', 'entity.revoked', 'repair.approved', 'result.entered', 'risk.scored', 'tier.changed')
  OR type IN (SELECT event FROM source('risk_indicators') WHERE version_hash = var('indicators'))
  OR type IN (SELECT cleared_by FROM source('risk_indicators') WHERE version_hash = var('indicators')))
