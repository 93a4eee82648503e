/*
name: mart_unit_scores
kind: incremental
grain: one row per unit
unique_key: [unit]
owner: models
description: Totals and standard competition ranks (1, 2, 2, 4) on exact totals; equal fractions tie.
columns:
  quarter: quarter
  ruleset: rule set id
  unit: unit id
  unit_name: name
  unit_name_en: English name
  ord: place in the rule set
  rank: rank
  total: total points
  total_exact: total as a reduced fraction
tests:
  - not_null: [unit, rank, total]
  - { name: between 0 and 100, custom: "SELECT * FROM this WHERE total < 0 OR total > 100 + 1e-9" }
  - { name: weights give 100, custom: "SELECT unit FROM ref('mart_item_scores') GROUP BY unit HAVING abs(sum(weight) - 100) > 1e-9 AND unit IN (SELECT unit FROM ref('int_unit_items') WHERE receives)" }
*/
WITH totals AS (
  SELECT unit,
    arrayFold((sum, one) -> tuple(sum.1 * one.2 + one.1 * sum.2, sum.2 * one.2), groupArray(tuple(points_num, points_den)), tuple(toInt256(0), toInt256(1))) AS total_sum,
    gcd(if(total_sum.1 = 0, total_sum.2, total_sum.1), total_sum.2) AS divisor,
    tuple(intDiv(total_sum.1, divisor), intDiv(total_sum.2, divisor)) AS total_fraction,
    -- Forty decimals by long division: what is equal as a fraction is equal here.
    intDiv(total_fraction.1, total_fraction.2) AS whole,
    total_fraction.1 % total_fraction.2 AS rest,
    toInt256('100000000000000000000') AS scale,
    intDiv(rest * scale, total_fraction.2) AS decimals_20,
    intDiv(((rest * scale) % total_fraction.2) * scale, total_fraction.2) AS decimals_40
  FROM ref('mart_item_scores')
  GROUP BY unit
)
SELECT
  var('ruleset_id') AS ruleset, t.unit AS unit, u.unit_name AS unit_name, u.unit_name_en AS unit_name_en, u.ord AS ord,
  toUInt32(rank() OVER (ORDER BY t.whole DESC, t.decimals_20 DESC, t.decimals_40 DESC)) AS rank,
  toFloat64(t.whole) + toFloat64(t.decimals_20) / 1e20 AS total,
  concat(toString(t.total_fraction.1), if(t.total_fraction.2 = 1, '', concat('/', toString(t.total_fraction.2)))) AS total_exact
FROM totals AS t
INNER JOIN ref('int_units') AS u ON u.unit = t.unit
