/*
name: serving_area_months
kind: incremental
grain: one row per month, area, industry section, unit and measure
unique_key: [month, area, industry, unit, measure]
owner: charts
description: >-
  What happened where in the days of the period, and the register at its end. Area and industry are those of the subject's latest
  registration; an event that names its own area counts there.
reads: [entity.registered, entity.cancelled, entity.revoked, penalty.entered, complaint.received, result.entered]
narrow: { by: subject, sums: [events] }
columns:
  quarter: quarter, month or year of the build
  month: first day of the month; of the period's last month for `active`
  area: area code, else empty
  industry: GB/T 4754-2017 section letter, else empty
  unit: unit of the event, empty for `active`
  measure: registrations, penalties, results (of inspections), findings (results with a code other than 1), complaints, or active (subjects registered and neither cancelled nor revoked)
  events: how many
tests:
  - accepted_values: { column: measure, values: [registrations, penalties, results, findings, complaints, active] }
*/
SELECT
  one.1 AS month, if(one.2 = '', home, one.2) AS area,
  toLowCardinality(if(match(code, '^[A-T]'), substring(code, 1, 1),
    -- Last division of each section, GB/T 4754-2017.
    if(match(code, '^[0-9]{2}') AND toUInt8(substring(code, 1, 2)) BETWEEN 1 AND 97,
      substring('ABCDEFGHIJKLMNOPQRST', arrayFirstIndex(last -> last >= toUInt8(substring(code, 1, 2)),
        [5, 12, 43, 46, 50, 52, 60, 62, 65, 69, 70, 72, 75, 79, 82, 83, 85, 90, 96, 97]), 1),
      ''))) AS industry,
  one.3 AS unit, arrayJoin(one.4) AS measure, toUInt32(count()) AS events
FROM (
  -- One pass over the events, one row a subject: what it is, and what happened to it in the period.
  SELECT subject,
    latest_if(toString(region), type = 'entity.registered') AS home,
    upper(latest_if(code_sent, type = 'entity.registered')) AS code,
    groupArrayIf(tuple(toStartOfMonth(event_day), toString(region), toString(department), measures), notEmpty(measures)) AS happened,
    maxIf(time, type = 'entity.registered') AS registered_at,
    -- Without an end the epoch, which is before every registration.
    maxIf(time, type IN ('entity.cancelled', 'entity.revoked') AND event_day <= var('quarter_end')) AS ended_at,
    subject != '' AND countIf(type = 'entity.registered' AND event_day <= var('quarter_end')) > 0 AND registered_at > ended_at AS active
  FROM (
    SELECT subject, type, time, id, toString(source) AS source, event_day, region, department,
      if(type = 'entity.registered', JSONExtractString(facts, 'industry'), '') AS code_sent,
      multiIf(
        event_day < var('quarter_start') OR event_day > var('quarter_end'), [],
        type = 'entity.registered', ['registrations'],
        type = 'penalty.entered', ['penalties'],
        type = 'complaint.received', ['complaints'],
        type = 'result.entered', if(arrayExists(code -> code != '1', JSONExtract(facts, 'codes', 'Array(String)')), ['results', 'findings'], ['results']),
        []) AS measures
    FROM ref('int_live_events')
    WHERE type IN ('entity.registered', 'entity.cancelled', 'entity.revoked')
      OR (type IN ('penalty.entered', 'complaint.received', 'result.entered') AND event_day BETWEEN var('quarter_start') AND var('quarter_end'))
  )
  GROUP BY subject
)
ARRAY JOIN arrayConcat(happened, if(active, [tuple(toStartOfMonth(var('quarter_end')), '', '', ['active'])], [])) AS one
GROUP BY month, area, industry, unit, measure
