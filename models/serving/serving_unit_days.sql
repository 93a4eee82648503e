/*
name: serving_unit_days
kind: incremental
grain: one row per unit, indicator and day
unique_key: [unit, indicator, day]
owner: charts
description: >-
  What the weekly heat map counts. Duties (login, claim, feedback, licence, dishonest, publication) stand on the day they fall due and add up
  to the ledger that the scores count; entries, inspections and publications stand on the day they happened. Each item without points, and each that
  gives points by a share of something else, is an indicator: on the day it falls due, without a deadline on the day of the event that made it due.
columns:
  quarter: quarter, month or year of the build
  unit: unit id
  indicator: a duty of the ledger; `entered_licence` and `entered_dishonest` (entries, on time against the entry deadline); `inspections`, `published`, `unlicensed` (plain counts); `item:` and the id of an item that is counted by a share, save those whose duty is here already
  day: day due, or day it happened
  counted: duties due, or things that happened
  done: duties done by the cut-off
  on_time: those done in time
tests:
  - custom: SELECT 1 FROM this WHERE done > counted OR on_time > counted
    name: parts_within_whole
*/
WITH
  deadlines AS (SELECT unit, start, due FROM ref('int_deadlines') WHERE workdays = var_on('register.deadlineWorkdays', start)),
  rates AS (
    SELECT o.unit AS unit, concat('item:', p.item) AS indicator, o.due AS due, o.event_source AS event_source, o.event_id AS event_id,
      toUInt64(o.amount) AS counted, toUInt64(o.amount_done) AS done, if(o.done AND ifNull(o.on_time, o.due IS NULL), toUInt64(o.amount), 0) AS on_time
    FROM ref('int_obligations') AS o
    INNER JOIN ref('ruleset_parts') AS p ON p.measure = o.measure
    -- A measure may count units that the item does not.
    WHERE (p.kind = 'rate' OR (p.leaves_when_empty AND p.shown AND p.measure NOT IN ('login', 'claim', 'feedback', 'licence', 'dishonest', 'publication', 'inspection')))
      AND (o.unit, p.item) IN (SELECT unit, item FROM ref('int_parts'))
  )
SELECT unit, indicator, day, toUInt32(sum(counted)) AS counted, toUInt32(sum(done)) AS done, toUInt32(sum(on_time)) AS on_time
FROM (
  -- A deadline beyond the known calendar, or a listed document of another period, stays in sight at the edge of this one.
  SELECT unit, measure AS indicator, greatest(ifNull(due, var('quarter_end')), var('quarter_start')) AS day,
    toUInt64(1) AS counted, toUInt64(done) AS done, toUInt64(on_time) AS on_time
  FROM ref('int_obligations')
  WHERE measure IN ('login', 'claim', 'feedback', 'licence', 'dishonest', 'publication')
  UNION ALL
  SELECT unit, indicator, least(greatest(ifNull(due, var('quarter_end')), var('quarter_start')), var('quarter_end')) AS day, counted, done, on_time
  FROM rates
  WHERE due IS NOT NULL OR event_id = ''
  UNION ALL
  -- The events stream past the rows; where there are none they are not read at all.
  SELECT r.unit, r.indicator, least(greatest(e.event_day, var('quarter_start')), var('quarter_end')) AS day, r.counted, r.done, r.on_time
  FROM (SELECT toString(source) AS source, id, event_day FROM ref('int_live_events')) AS e
  INNER JOIN rates AS r ON r.event_source = e.source AND r.event_id = e.id
  WHERE r.due IS NULL
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
