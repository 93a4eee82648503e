/*
name: int_parts
kind: incremental
grain: one row per unit, item and part
unique_key: [unit, item, part]
owner: models
description: What each part of a unit's items has to go by - its attainable points as an exact fraction, the counts of its measure, an awarded mark. Every kind reads this.
columns:
  quarter: quarter of the build
  unit: unit id
  item: item
  part: part of the item
  ord: place of the part in the item
  kind: kind of the part
  measure: name of its measure in the ledger
  options: what the kind needs to know of the part, as JSON
  points6: points of the rule set in millionths
  due: things due
  done: things done
  on_time: things done in time
  has_deadline: 1 if there is a limit at the end of the quarter, or something of any unit that counts here began under one
  mark6: awarded mark in millionths of a point, if any
  by_mark: 1 if the mark decides the part
  full_num: numerator of the attainable points
  full_den: denominator of the attainable points
  full_text: the attainable points as text
  fills: 1 if the part fills its whole item
*/
SELECT
  i.unit AS unit, i.item AS item, p.part AS part, p.ord AS ord, p.kind AS kind, p.measure AS measure, p.shown AS shown, p.clause AS clause,
  p.lost_missed AS lost_missed, p.lost_late AS lost_late, p.lost_none AS lost_none, p.lost_mark AS lost_mark, p.options AS options,
  toUInt8(p.has_deadline OR (p.had_deadline AND p.measure IN (SELECT measure FROM ref('int_measures') WHERE dated > 0))) AS has_deadline,
  micro(p.points) AS points6,
  ifNull(m.due, 0) AS due, ifNull(m.done, 0) AS done, ifNull(m.on_time, 0) AS on_time,
  k.points6 AS mark6, ifNull(k.event_source, '') AS mark_source, ifNull(k.event_id, '') AS mark_id,
  toUInt8(k.points6 IS NOT NULL AND (p.takes_mark = 'always' OR (p.takes_mark = 'at_zero' AND done = 0))) AS by_mark,
  -- k scales the part, or (realloc.scaleTimely = false) a part that keeps its points does not grow and the other takes the rest.
  reduced(tuple(multiIf(
    var('realloc.scaleTimely') = 'true' OR i.k_num = i.k_den, points6 * i.k_num,
    p.keeps_points = 1, points6 * i.k_den,
    points6 * i.k_den + i.weight6 * (i.k_num - i.k_den)), toInt256(1000000) * i.k_den)) AS full_points,
  full_points.1 AS full_num, full_points.2 AS full_den,
  if(full_den = 1, toString(full_num), concat('(', toString(full_num), '/', toString(full_den), ')')) AS full_text,
  toUInt8(ifNull(done >= p.fills_at, 0)) AS fills
FROM ref('int_unit_items') AS i
INNER JOIN ref('ruleset_parts') AS p ON p.item = i.item
LEFT JOIN ref('int_measures') AS m ON m.unit = i.unit AND m.measure = p.measure
LEFT JOIN ref('int_marks') AS k ON k.unit = i.unit AND k.item = i.item
