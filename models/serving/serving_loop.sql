/*
name: serving_loop
kind: incremental
grain: one row per unit, item and how far its cases of joint punishment have come
unique_key: [unit, item, received, applied, fed_back]
owner: charts
description: >-
  The cases of joint punishment that an item counts (receipt, or the closed loop), and which steps the unit has taken by the cut-off. The
  cohort is the item's, so that loop and score agree.
columns:
  quarter: quarter, month or year of the build
  unit: unit that should carry them out
  item: item whose cases these are
  stages: receipt, where the item begins with receiving; else loop
  received: 1 if the unit received them
  applied: 1 if it applied them
  fed_back: 1 if it reported the result
  cases: how many
tests:
  - accepted_values: { column: stages, values: [receipt, loop] }
*/
SELECT c.unit AS unit, c.item AS item, toLowCardinality(c.stages) AS stages, toUInt8(s.received_at IS NOT NULL) AS received,
  toUInt8(s.applied_at IS NOT NULL) AS applied, toUInt8(s.fed_back_at IS NOT NULL) AS fed_back, toUInt32(count()) AS cases
FROM ref('int_punishment_steps') AS s
-- Without cases the events are not read at all.
RIGHT JOIN (
  SELECT o.unit AS unit, p.item AS item, if(startsWith(o.measure, 'punishment_receipt'), 'receipt', 'loop') AS stages, o.key AS key
  FROM ref('int_obligations') AS o
  INNER JOIN ref('ruleset_parts') AS p ON p.measure = o.measure
  WHERE p.kind = 'rate' AND splitByChar(':', o.measure)[1] IN ('punishment_receipt', 'punishment_loop')
) AS c ON c.unit = s.unit AND c.key = s.case_id
GROUP BY unit, item, stages, received, applied, fed_back
