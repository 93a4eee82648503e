/*
name: int_unit_items
kind: incremental
grain: one row per unit and item it is scored on
unique_key: [unit, item]
owner: models
description: >-
  Items by duty, with the factor k = (G + X)/G by which the receiving items grow - X the weight of the items the unit is not scored on,
  G the weight of its receiving items - as an exact fraction.
columns:
  quarter: quarter of the build
  unit: unit id
  item: item
  ord: place of the item
  weight6: weight of the rule set in millionths of a point
  receives: 1 if it receives reallocated weight
  k_num: numerator of k
  k_den: denominator of k
tests:
  - relationships: { column: unit, to: int_units, field: unit }
*/
WITH
  pairs AS (
    SELECT u.unit AS unit, i.item AS item, i.ord AS ord, micro(i.weight) AS weight6, i.receives AS receives,
      i.switched_on AND (empty(i.duties) OR hasAny(i.duties, d.duties)) AS held
    FROM ref('int_units') AS u
    CROSS JOIN ref('ruleset_items') AS i
    LEFT JOIN (SELECT unit, groupArray(duty) AS duties FROM ref('int_unit_duties') GROUP BY unit) AS d ON d.unit = u.unit
  ),
  -- Items whose ratio has nothing due: with zeroDue = reallocate they leave too.
  empty_items AS (
    SELECT p.unit AS unit, p.item AS item, ifNull(m.due, 0) = 0 AS nothing_due
    FROM (SELECT unit, item, measure FROM pairs INNER JOIN ref('ruleset_parts') AS s USING (item) WHERE s.shown AND s.leaves_when_empty) AS p
    LEFT JOIN ref('int_measures') AS m ON m.unit = p.unit AND m.measure = p.measure
  ),
  leaving AS (
    SELECT p.unit AS unit, p.item AS item, p.ord AS ord, p.weight6 AS weight6, p.receives AS receives, p.held AS held,
      p.held AND NOT (var('zeroDue') = 'reallocate' AND ifNull(e.nothing_due, 0)) AS stays,
      sum(if(stays AND receives, weight6, toInt256(0))) OVER (PARTITION BY unit) AS receiving6
    FROM pairs AS p LEFT JOIN empty_items AS e ON e.unit = p.unit AND e.item = p.item
  ),
  -- Where nothing could receive the weight, items with nothing due stay at full marks.
  kept AS (
    SELECT unit, item, ord, weight6, receives, if(receiving6 > 0, stays, held) AS scored,
      sum(if(scored, toInt256(0), weight6)) OVER (PARTITION BY unit) AS x6,
      sum(if(scored AND receives, weight6, toInt256(0))) OVER (PARTITION BY unit) AS g6
    FROM leaving
  )
SELECT unit, item, ord, weight6, receives,
  reduced(if(receives AND g6 > 0, tuple(g6 + x6, g6), tuple(toInt256(1), toInt256(1)))) AS k, k.1 AS k_num, k.2 AS k_den
FROM kept
WHERE scored
