/*
name: risk_subjects
kind: ephemeral
grain: one row per market subject that stands in the register at the end of the month
owner: risk
description: >-
  Subjects registered and neither cancelled nor revoked since, as their latest registration says; and those of which the log knows no
  registration but something that bears on risk.
columns:
  subject: USCC
  name: name, empty where the registration is not in the log
  kind: kind of subject
  area: area code of the registration
  industry: GB/T 4754 code
  at_address: subjects at the same address, itself included
*/
SELECT subject, name, kind, area, industry, toUInt32(if(address = '', 1, count() OVER (PARTITION BY address))) AS at_address
FROM (
  SELECT subject,
    latest_if(JSONExtractString(facts, 'name'), type = 'entity.registered') AS name,
    latest_if(JSONExtractString(facts, 'kind'), type = 'entity.registered') AS kind,
    latest_if(toString(region), type = 'entity.registered') AS area,
    upper(latest_if(JSONExtractString(facts, 'industry'), type = 'entity.registered')) AS industry,
    latest_if(JSONExtractString(facts, 'address'), type = 'entity.registered') AS address,
    countIf(type = 'entity.registered') AS registrations,
    countIf(type IN ('entity.cancelled', 'entity.revoked')) AS ends,
    maxIf(time, type = 'entity.registered') AS registered_at,
    maxIf(time, type IN ('entity.cancelled', 'entity.revoked')) AS ended_at
  FROM ref('risk_live_events')
  WHERE type IN ('entity.registered', 'entity.cancelled', 'entity.revoked')
    OR type IN (SELECT event FROM source('risk_indicators') WHERE version_hash = var('indicators'))
  GROUP BY subject
)
WHERE ends = 0 OR registered_at > ended_at
