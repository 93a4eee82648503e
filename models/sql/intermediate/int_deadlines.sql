/*
name: int_deadlines
kind: incremental
grain: one row per unit, start day and number of workdays
unique_key: [unit, start, workdays]
owner: models
description: addWD on each unit's calendar, for the deadlines the rule set has. A deadline beyond the last known day has no row and lies in no known quarter.
columns:
  quarter: quarter of the build
  unit: unit id
  start: day the clock starts (not counted)
  workdays: number of workdays
  due: last day in time
*/
WITH
  days AS (
    SELECT unit, day, workday, sum(workday) OVER (PARTITION BY unit ORDER BY day) AS n FROM ref('int_unit_days')
  ),
  lengths AS (
    SELECT DISTINCT toUInt32(arrayJoin(var('deadline_lengths'))) AS workdays
  )
SELECT s.unit AS unit, s.day AS start, s.workdays AS workdays, if(s.workdays = 0, s.day, d.day) AS due
FROM (SELECT unit, day, n, workdays, n + greatest(workdays, 1) AS target FROM days CROSS JOIN lengths) AS s
INNER JOIN (SELECT unit, n, day FROM days WHERE workday) AS d ON d.unit = s.unit AND d.n = s.target
