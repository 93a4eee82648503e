/*
name: serving_area_months
kind: incremental
grain: one row per month, area, industry section, unit and measure
unique_key: [month, area, industry, unit, measure]
owner: charts
description: >-
  What happened where, in the days of the quarter. Area and industry are those of the subject's registration; an event that names its own area
  counts there.
columns:
  quarter: quarter of the build
  month: first day of the month
  area: area code, else empty
  industry: GB/T 4754-2017 section letter, else empty
  unit: unit of the event
  measure: registrations, penalties, results (of inspections), findings (results with a code other than 1) or complaints
  events: how many
tests:
  - accepted_values: { column: measure, values: [registrations, penalties, results, findings, complaints] }
*/
WITH counted AS (
  SELECT toStartOfMonth(event_day) AS month, toString(region) AS region, subject, toString(department) AS unit,
    multiIf(
      type = 'entity.registered', ['registrations'],
      type = 'penalty.entered', ['penalties'],
      type = 'complaint.received', ['complaints'],
      arrayExists(code -> code != '1', JSONExtract(data, 'codes', 'Array(String)')), ['results', 'findings'],
      ['results']) AS measures
  FROM ref('int_live_events')
  WHERE type IN ('entity.registered', 'penalty.entered', 'complaint.received', 'result.entered')
    AND event_day BETWEEN var('quarter_start') AND var('quarter_end')
)
SELECT c.month AS month, if(c.region = '', ifNull(s.area, ''), c.region) AS area, ifNull(s.industry, '') AS industry, c.unit AS unit,
  arrayJoin(c.measures) AS measure, toUInt32(count()) AS events
FROM counted AS c
LEFT JOIN (SELECT subject, area, industry FROM ref('int_subjects') WHERE subject IN (SELECT subject FROM counted)) AS s ON s.subject = c.subject
GROUP BY month, area, industry, unit, measure
