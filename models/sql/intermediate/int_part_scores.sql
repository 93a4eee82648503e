/*
name: int_part_scores
kind: incremental
grain: one row per unit, item and part
unique_key: [unit, item, part]
owner: models
description: Attainable and attained points of each part as exact fractions. The share that is attained is the kind's (`kinds/<kind>/share.sql`).
columns:
  quarter: quarter of the build
  unit: unit id
  item: item
  part: part of the item
  full_num: numerator of the attainable points
  full_den: denominator of the attainable points
  num: numerator of the points
  den: denominator of the points
  formula: the formula of the part with its figures
  numerator: what the part counts as done; null where its points are the figure
  denominator: out of how many; null where there is no ratio
  timed: 1 if what was done in time is one of its figures
  badges: no_business, near_threshold, small_n, below_target
  filled: 1 if another part fills the whole item
tests:
  - { name: between zero and full, custom: "SELECT * FROM this WHERE num < 0 OR num * full_den > full_num * den" }
  - { name: every part has a share, custom: "SELECT 1 FROM (SELECT (SELECT count() FROM this) AS here, (SELECT count() FROM ref('int_parts')) AS there) WHERE here != there" }
*/
SELECT
  p.* EXCEPT (quarter, by_mark, fills, full_points, filled),
  toUInt8(p.by_mark AND NOT p.filled) AS by_mark, toUInt8(p.filled) AS filled,
  if(p.filled OR p.points6 = 0, toInt256(1), s.a) AS a, if(p.filled OR p.points6 = 0, toInt256(1), s.b) AS b,
  reduced(tuple(p.full_num * a, p.full_den * b)) AS part_points, part_points.1 AS num, part_points.2 AS den,
  if(p.filled, p.full_text, s.formula) AS formula, s.numerator AS numerator, s.denominator AS denominator, s.timed AS timed, s.badges AS badges
FROM (SELECT *, max(fills) OVER (PARTITION BY unit, item) AS filled FROM ref('int_parts')) AS p
INNER JOIN ref('kind_shares') AS s ON s.unit = p.unit AND s.item = p.item AND s.part = p.part
