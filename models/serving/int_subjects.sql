/*
name: int_subjects
kind: ephemeral
grain: one row per registered market subject
owner: charts
description: Market subjects by their latest registration up to the cut-off, with area, industry section and end.
columns:
  subject: USCC
  area: area code of the registration, else empty
  industry: GB/T 4754-2017 section letter, else empty
  registered_on: local day of the first registration
  ended_on: local day of the last cancellation or revocation after the latest registration, else empty
*/
WITH
  registrations AS (
    SELECT
      subject, argMax(toString(region), (time, id)) AS area, upper(argMax(JSONExtractString(data, 'industry'), (time, id))) AS code,
      min(event_day) AS registered_on, max(time) AS registered_at
    FROM ref('int_live_events')
    WHERE type = 'entity.registered' AND subject != ''
    GROUP BY subject
  ),
  ends AS (
    SELECT subject, max(time) AS ended_at FROM ref('int_live_events') WHERE type IN ('entity.cancelled', 'entity.revoked') GROUP BY subject
  )
SELECT
  r.subject AS subject, r.area AS area,
  toLowCardinality(if(match(r.code, '^[A-T]'), substring(r.code, 1, 1),
    -- Last division of each section, GB/T 4754-2017.
    if(match(r.code, '^[0-9]{2}') AND toUInt8(substring(r.code, 1, 2)) BETWEEN 1 AND 97,
      substring('ABCDEFGHIJKLMNOPQRST', arrayFirstIndex(last -> last >= toUInt8(substring(r.code, 1, 2)),
        [5, 12, 43, 46, 50, 52, 60, 62, 65, 69, 70, 72, 75, 79, 82, 83, 85, 90, 96, 97]), 1),
      ''))) AS industry,
  r.registered_on AS registered_on,
  if(e.ended_at > r.registered_at, toNullable(toDate32(e.ended_at)), NULL) AS ended_on
FROM registrations AS r
LEFT JOIN ends AS e ON e.subject = r.subject
