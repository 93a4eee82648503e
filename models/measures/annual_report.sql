/*
name: annual_report
kind: measure
grain: one row per holder of the duty and subject that should report
owner: models
description: >-
  Subjects registered before the year and still there at the end of the quarter, and whether they filed the report for the year before.
lost: [report_missing]
timed: false
reads: [entity.registered, annual_report.filed, entity.cancelled, entity.revoked]
columns:
  unit: unit id
  key: USCC
*/
SELECT h.unit AS unit, r.subject AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, CAST(NULL, 'Nullable(Date32)') AS due,
  f.happened AS happened, toUInt8(f.happened IS NOT NULL) AS done, CAST(NULL, 'Nullable(UInt8)') AS on_time
FROM (
  SELECT unit, subject, toString(source) AS event_source, id AS event_id, toDate32OrNull(JSONExtractString(facts, 'registered_on')) AS registered_on
  FROM ref('int_unit_events')
  WHERE type = 'entity.registered'
  ORDER BY first_event('')
  LIMIT 1 BY subject
) AS r
INNER JOIN ref('int_holders') AS h ON h.sender = r.unit
LEFT JOIN (
  SELECT subject, toNullable(min(time)) AS happened FROM ref('int_live_events')
  WHERE type = 'annual_report.filed' AND subject != '' AND fact_whole(facts, 'year') = var('year') - 1 GROUP BY subject
) AS f ON f.subject = r.subject
WHERE h.duty = var('ITEM.duties')[1] AND r.registered_on < makeDate32(var('year'), 1, 1)
  AND r.subject NOT IN (SELECT subject FROM ref('int_live_events') WHERE type IN ('entity.cancelled', 'entity.revoked') AND event_day <= var('quarter_end'))
