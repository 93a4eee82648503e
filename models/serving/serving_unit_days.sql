/*
name: serving_unit_days
kind: incremental
grain: one row per unit, indicator and day
unique_key: [unit, indicator, day]
owner: charts
description: >-
  What the weekly heat map counts. Duties (login, claim, feedback, licence, dishonest, publication) stand on the day they fall due and add up
  to the ledger that the scores count; entries, inspections and publications stand on the day they happened.
columns:
  quarter: quarter, month or year of the build
  unit: unit id
  indicator: a duty of the ledger; `entered_licence` and `entered_dishonest` (entries, on time against the entry deadline); `inspections`, `published`, `unlicensed` (plain counts)
  day: day due, or day it happened
  counted: duties due, or things that happened
  done: duties done by the cut-off
  on_time: those done in time
tests:
  - custom: SELECT 1 FROM this WHERE done > counted OR on_time > counted
    name: parts_within_whole
*/
WITH
  deadlines AS (SELECT unit, start, due FROM ref('int_deadlines') WHERE workdays = var('register.deadlineWorkdays'))
SELECT unit, indicator, day, toUInt32(sum(counted)) AS counted, toUInt32(sum(done)) AS done, toUInt32(sum(on_time)) AS on_time
FROM (
  -- A deadline beyond the known calendar, or a listed document of another period, stays in sight at the edge of this one.
  SELECT unit, measure AS indicator, greatest(ifNull(due, var('quarter_end')), var('quarter_start')) AS day,
    toUInt64(1) AS counted, toUInt64(done) AS done, toUInt64(on_time) AS on_time
  FROM ref('int_obligations')
  WHERE measure IN ('login', 'claim', 'feedback', 'licence', 'dishonest', 'publication')
  UNION ALL
  SELECT toString(e.department), if(e.type = 'licence.entered', 'entered_licence', 'entered_dishonest'), e.event_day,
    1, 1, ifNull(e.event_day <= d.due, 1)
  FROM ref('int_live_events') AS e
  LEFT JOIN deadlines AS d ON d.unit = toString(e.department) AND d.start = e.decided_on
  WHERE e.type IN ('licence.entered', 'penalty.entered', 'dishonest.entered')
    AND e.event_day BETWEEN var('quarter_start') AND var('quarter_end')
  UNION ALL
  SELECT toString(department), transform(toString(type), ['inspection.done', 'result.published'], ['inspections', 'published'], 'unlicensed'), event_day, 1, 1, 1
  FROM ref('int_live_events')
  WHERE type IN ('inspection.done', 'result.published', 'unlicensed.reported')
    AND event_day BETWEEN var('quarter_start') AND var('quarter_end')
)
GROUP BY unit, indicator, day
