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
  weight: attainable points after reallocation
  weight_exact: the same as a reduced fraction
  points: points
  points_exact: points as a reduced fraction
  numerator: what was done (points, where points are deducted)
  denominator: what was due; null where there is no ratio
  on_time: what was done in time; null where time does not count
  badges: no_business, borrowed_deadline, near_threshold, small_n
  formula: the formula with its figures
  clause: clause of the item
tests:
  - not_null: [unit, item, weight, points]
  - { name: within the weight, custom: "SELECT * FROM this WHERE points < 0 OR points > weight + 1e-9" }
*/
WITH
  sums AS (
    SELECT unit, item,
      arrayFold((sum, one) -> tuple(sum.1 * one.2 + one.1 * sum.2, sum.2 * one.2), groupArray(tuple(p.num, p.den)), tuple(toInt256(0), toInt256(1))) AS points_sum,
      arrayFold((sum, one) -> tuple(sum.1 * one.2 + one.1 * sum.2, sum.2 * one.2), groupArray(tuple(p.full_num, p.full_den)), tuple(toInt256(0), toInt256(1))) AS weight_sum,
      gcd(if(points_sum.1 = 0, points_sum.2, points_sum.1), points_sum.2) AS points_divisor,
      gcd(if(weight_sum.1 = 0, weight_sum.2, weight_sum.1), weight_sum.2) AS weight_divisor,
      tuple(intDiv(points_sum.1, points_divisor), intDiv(points_sum.2, points_divisor)) AS points_fraction,
      tuple(intDiv(weight_sum.1, weight_divisor), intDiv(weight_sum.2, weight_divisor)) AS weight_fraction,
      arrayStringConcat(arrayMap(pair -> pair.2, arraySort(groupArray((p.ord, p.formula)))), ' + ') AS formula,
      anyIf(p.kind, p.shown) AS kind, anyIf(p.due, p.shown) AS due, anyIf(p.done, p.shown) AS done, anyIf(p.on_time, p.shown) AS on_time,
      anyIf(p.threshold6, p.shown) AS threshold6, max(p.kind = 'timely') AS timed
    FROM ref('int_part_scores') AS p
    GROUP BY unit, item
  )
SELECT
  var('ruleset_id') AS ruleset, s.unit AS unit, s.item AS item, i.ord AS ord, i.item_name AS item_name, i.item_name_en AS item_name_en,
  toFloat64(s.weight_fraction.1) / toFloat64(s.weight_fraction.2) AS weight,
  concat(toString(s.weight_fraction.1), if(s.weight_fraction.2 = 1, '', concat('/', toString(s.weight_fraction.2)))) AS weight_exact,
  toFloat64(s.points_fraction.1) / toFloat64(s.points_fraction.2) AS points,
  concat(toString(s.points_fraction.1), if(s.points_fraction.2 = 1, '', concat('/', toString(s.points_fraction.2)))) AS points_exact,
  s.points_fraction.1 AS points_num, s.points_fraction.2 AS points_den,
  toNullable(if(s.kind = 'deductions', points, toFloat64(s.done))) AS numerator,
  if(s.kind IN ('ratio', 'ratio_full', 'mark_or_ratio'), toNullable(toFloat64(s.due)), NULL) AS denominator,
  if(s.timed, toNullable(toFloat64(s.on_time)), NULL) AS on_time,
  arrayConcat(
    if(s.kind IN ('ratio', 'ratio_full') AND s.due = 0, ['no_business'], []),
    i.badges,
    if(s.kind = 'ratio_full' AND s.due > 0 AND abs(toInt256(s.done) * 1000000 - s.threshold6 * s.due) <= toInt256(toDecimal64(var('badge_near_threshold'), 6) * 1000000) * s.due, ['near_threshold'], []),
    if(s.kind IN ('ratio', 'ratio_full', 'mark_or_ratio') AND s.due > 0 AND s.due < var('badge_small_n'), ['small_n'], [])) AS badges,
  s.formula AS formula, i.clause AS clause
FROM sums AS s
INNER JOIN ref('ruleset_items') AS i ON i.item = s.item
