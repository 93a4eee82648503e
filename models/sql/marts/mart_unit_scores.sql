/*
name: mart_unit_scores
kind: incremental
grain: one row per unit
unique_key: [unit]
owner: models
description: Totals and standard competition ranks (1, 2, 2, 4) on exact totals; equal fractions tie. A rule set of rates has neither.
columns:
  quarter: quarter
  ruleset: rule set id
  unit: unit id
  unit_name: name
  unit_name_en: English name
  ord: place in the rule set
  rank: rank; null in a rule set of rates
  total: total points; null in a rule set of rates
  total_exact: total as a reduced fraction
tests:
  - not_null: [unit]
  - { name: ranked where the rule set gives points, custom: "SELECT 1 FROM this WHERE isNull(total) = (var('scored') = 'true') OR isNull(rank) != isNull(total)" }
  - { name: between 0 and 100, custom: "SELECT * FROM this WHERE total < 0 OR total > 100 + 1e-9" }
  - { name: weights give 100, custom: "SELECT unit FROM ref('mart_item_scores') GROUP BY unit HAVING abs(ifNull(sum(weight), 100) - 100) > 1e-9 AND unit IN (SELECT unit FROM ref('int_unit_items') WHERE receives)" }
*/
WITH totals AS (
  SELECT unit, reduced(fraction_sum(groupArray(tuple(points_num, points_den)))) AS total_fraction, fraction_order(total_fraction) AS decimals
  FROM ref('mart_item_scores')
  GROUP BY unit
)
SELECT
  t.unit AS unit, u.unit_name AS unit_name, u.unit_name_en AS unit_name_en, u.ord AS ord,
  if(var('scored') = 'true', toNullable(toUInt32(rank() OVER (ORDER BY t.decimals DESC))), NULL) AS rank,
  if(var('scored') = 'true', toNullable(toFloat64(t.decimals.1) + toFloat64(t.decimals.2) / 1e20), NULL) AS total,
  if(var('scored') = 'true', toNullable(fraction_text(t.total_fraction)), NULL) AS total_exact
FROM totals AS t
INNER JOIN ref('int_units') AS u ON u.unit = t.unit
