/*
name: mart_item_scores
kind: incremental
grain: one row per unit and item
unique_key: [unit, item]
owner: models
description: Score of each item, exact (points_exact is a reduced fraction) and with everything a score must carry.
columns:
  quarter: quarter
  ruleset: rule set id
  unit: unit id
  item: item
  ord: place of the item
  item_name: name
  item_name_en: English name
  weight: attainable points after reallocation; null in a rule set of rates, as are points
  weight_exact: the same as a reduced fraction
  points: points
  rank: place by the rate, where the rule set gives no points and something was due; else null
  points_exact: points as a reduced fraction
  numerator: what was done (points, where points are deducted)
  denominator: what was due; null where there is no ratio
  on_time: what was done in time; null where time does not count
  badges: no_business, borrowed_deadline, near_threshold, small_n, below_target
  formula: the formula with its figures
  clause: clause of the item
tests:
  - not_null: [unit, item]
  - { name: points where the rule set gives points, custom: "SELECT 1 FROM this WHERE isNull(points) = (var('scored') = 'true') OR isNull(weight) != isNull(points)" }
  - { name: within the weight, custom: "SELECT * FROM this WHERE points < 0 OR points > weight + 1e-9" }
*/
WITH
  sums AS (
    SELECT unit, item,
      reduced(fraction_sum(groupArray(tuple(p.num, p.den)))) AS points_fraction,
      reduced(fraction_sum(groupArray(tuple(p.full_num, p.full_den)))) AS weight_fraction,
      arrayStringConcat(arrayMap(pair -> pair.2, arraySort(groupArray((p.ord, p.formula)))), ' + ') AS formula,
      anyIf(p.due, p.shown) AS due, anyIf(p.done, p.shown) AS done, anyIf(p.on_time, p.shown) AS on_time,
      groupArrayIf(p.numerator, p.shown) AS numerators, groupArrayIf(p.denominator, p.shown) AS denominators,
      groupArrayArrayIf(p.badges, p.shown) AS badges, max(p.timed) AS timed
    FROM ref('int_part_scores') AS p
    GROUP BY unit, item
  ),
  rates AS (
    SELECT *, if(due > 0, fraction_order(tuple(toInt256(if(timed AND var('rank.by') = 'on_time', on_time, done)), toInt256(due))), tuple(toInt256(0), toInt256(0), toInt256(0))) AS rate
    FROM sums
  )
SELECT
  s.unit AS unit, s.item AS item, i.ord AS ord, i.item_name AS item_name, i.item_name_en AS item_name_en,
  if(var('scored') = 'true', toNullable(toFloat64(s.weight_fraction.1) / toFloat64(s.weight_fraction.2)), NULL) AS weight,
  if(var('scored') = 'true', toNullable(fraction_text(s.weight_fraction)), NULL) AS weight_exact,
  if(var('scored') = 'true', toNullable(toFloat64(s.points_fraction.1) / toFloat64(s.points_fraction.2)), NULL) AS points,
  if(var('scored') = 'true', toNullable(fraction_text(s.points_fraction)), NULL) AS points_exact,
  s.points_fraction.1 AS points_num, s.points_fraction.2 AS points_den,
  -- Where points are deducted they are the figure.
  if(empty(s.numerators), points, s.numerators[1]) AS numerator,
  if(empty(s.denominators), NULL, toNullable(s.denominators[1])) AS denominator,
  if(s.timed, toNullable(toFloat64(s.on_time)), NULL) AS on_time,
  if(var('scored') = 'true' OR s.due = 0, NULL, toNullable(toUInt32(rank() OVER (PARTITION BY s.item, s.due > 0 ORDER BY s.rate DESC)))) AS rank,
  arrayConcat(arrayFilter(badge -> badge = 'no_business', s.badges), i.badges, arrayFilter(badge -> badge != 'no_business', s.badges)) AS badges,
  s.formula AS formula, i.clause AS clause
FROM rates AS s
INNER JOIN ref('ruleset_items') AS i ON i.item = s.item
