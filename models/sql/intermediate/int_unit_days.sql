/*
name: int_unit_days
kind: incremental
grain: one row per unit and known calendar day
unique_key: [unit, day]
owner: models
description: Unit calendars - the plain workdays without the days of declared outages that cover the unit.
reads: [outage.declared]
columns:
  quarter: quarter of the build
  unit: unit id
  day: day
  workday: 1 if it is a workday for the unit
  outage: 1 if an outage covers it
*/
WITH
  outages AS (
    SELECT
      greatest(toDate32OrNull(JSONExtractString(facts, 'from')), (SELECT min(day) FROM ref('calendar_days'))) AS first_day,
      least(toDate32OrNull(JSONExtractString(facts, 'to')), (SELECT max(day) FROM ref('calendar_days'))) AS last_day,
      JSONExtract(facts, 'units', 'Array(String)') AS units
    FROM ref('int_live_events')
    WHERE type = 'outage.declared'
      AND toDate32OrNull(JSONExtractString(facts, 'from')) IS NOT NULL AND toDate32OrNull(JSONExtractString(facts, 'to')) IS NOT NULL
  ),
  out_days AS (
    SELECT DISTINCT unit, day
    FROM (
      SELECT units, addDays(assumeNotNull(first_day), arrayJoin(range(toUInt32(greatest(0, dateDiff('day', assumeNotNull(first_day), assumeNotNull(last_day)) + 1))))) AS day
      FROM outages
      WHERE first_day <= last_day
    ) AS o
    CROSS JOIN (SELECT unit FROM ref('int_units')) AS u
    WHERE empty(units) OR has(units, unit)
  )
SELECT u.unit AS unit, c.day AS day, toUInt8(c.workday AND o.unit IS NULL) AS workday, toUInt8(o.unit IS NOT NULL) AS outage
FROM ref('int_units') AS u
CROSS JOIN ref('calendar_days') AS c
LEFT JOIN out_days AS o ON o.unit = u.unit AND o.day = c.day
