/*
name: int_part_scores
kind: incremental
grain: one row per unit, item and part
unique_key: [unit, item, part]
owner: models
description: Attainable and attained points of each part as exact fractions, by the kind of the part.
columns:
  quarter: quarter of the build
  unit: unit id
  item: item
  part: part of the item
  full_num: numerator of the attainable points
  full_den: denominator of the attainable points
  num: numerator of the points
  den: denominator of the points
tests:
  - { name: between zero and full, custom: "SELECT * FROM this WHERE num < 0 OR num * full_den > full_num * den" }
*/
WITH
  steps AS (
    SELECT item, part, arraySort(groupArray((toInt64(from_count), toInt256(points * 1000000)))) AS steps FROM ref('ruleset_steps') GROUP BY item, part
  ),
  deducted AS (
    SELECT m.unit AS unit, d.item AS item, d.part AS part, sum(toInt256(if(d.state = 'late', m.done - m.on_time, m.due - m.done)) * toInt256(d.points * 1000000)) AS deducted6,
      arrayStringConcat(arraySort(groupArray(concat(toString(if(d.state = 'late', m.done - m.on_time, m.due - m.done)), '·', toString(toFloat64(d.points))))), ' − ') AS deduction_text
    FROM ref('ruleset_deductions') AS d
    INNER JOIN ref('int_measures') AS m ON m.measure = d.measure
    GROUP BY unit, item, part
  ),
  parts AS (
    SELECT
      i.unit AS unit, i.item AS item, p.part AS part, p.ord AS ord, p.kind AS kind, p.measure AS measure, p.shown AS shown, p.clause AS clause,
      p.lost_missed AS lost_missed, p.lost_late AS lost_late, p.lost_none AS lost_none, p.lost_mark AS lost_mark,
      toInt256(p.points * 1000000) AS points6, toInt256(p.threshold * 1000000) AS threshold6,
      ifNull(m.due, 0) AS due, ifNull(m.done, 0) AS done, ifNull(m.on_time, 0) AS on_time,
      ifNull(s.steps, []) AS step_list, ifNull(d.deducted6, toInt256(0)) AS deducted6, ifNull(d.deduction_text, '') AS deduction_text,
      k.points6 AS mark6, ifNull(k.event_source, '') AS mark_source, ifNull(k.event_id, '') AS mark_id,
      k.points6 IS NOT NULL AND (p.kind = 'mark_or_ratio' OR (p.mark_at_zero AND done = 0)) AS by_mark,
      -- k scales the part, or (realloc.scaleTimely = false) the timely part keeps its points and the other takes the rest.
      multiIf(
        var('realloc.scaleTimely') = 'true' OR i.k_num = i.k_den, points6 * i.k_num,
        p.kind = 'timely', points6 * i.k_den,
        points6 * i.k_den + i.weight6 * (i.k_num - i.k_den)) AS full_num_raw,
      toInt256(1000000) * i.k_den AS full_den_raw,
      p.kind = 'steps' AND p.fills_item AND done >= step_list[-1].1 AS fills
    FROM ref('int_unit_items') AS i
    INNER JOIN ref('ruleset_parts') AS p ON p.item = i.item
    LEFT JOIN ref('int_measures') AS m ON m.unit = i.unit AND m.measure = p.measure
    LEFT JOIN steps AS s ON s.item = p.item AND s.part = p.part
    LEFT JOIN deducted AS d ON d.unit = i.unit AND d.item = p.item AND d.part = p.part
    LEFT JOIN ref('int_marks') AS k ON k.unit = i.unit AND k.item = i.item
  ),
  shares AS (
    SELECT *, max(fills) OVER (PARTITION BY unit, item) AS filled,
      if(var('timely.of') = 'due', due, done) AS timely_base,
      multiIf(
        filled OR points6 = 0, toInt256(1),
        kind IN ('ratio', 'ratio_full', 'timely') AND due = 0, toInt256(1),
        kind = 'ratio', toInt256(done),
        kind = 'timely' AND (done = 0 OR timely_base = 0), toInt256(0),
        kind = 'timely' AND var('timely.mode') = 'all', toInt256(on_time = timely_base),
        kind = 'timely', toInt256(on_time),
        kind = 'ratio_full' AND toInt256(done) * 1000000 >= threshold6 * due, toInt256(1),
        kind = 'ratio_full' AND var('full90.mode') = 'scaled', toInt256(done) * 1000000,
        kind = 'ratio_full', toInt256(done),
        by_mark, assumeNotNull(mark6),
        kind = 'steps', arrayLast(step -> step.1 <= done, step_list).2,
        kind = 'checklist', toInt256(done = due),
        kind = 'mark_or_ratio' AND due = 0, toInt256(0),
        kind = 'mark_or_ratio', toInt256(done),
        kind = 'deductions', greatest(toInt256(0), points6 - deducted6),
        toInt256(0)) AS a,
      multiIf(
        filled OR points6 = 0, toInt256(1),
        kind IN ('ratio', 'ratio_full', 'timely') AND due = 0, toInt256(1),
        kind = 'ratio', toInt256(due),
        kind = 'timely' AND (done = 0 OR timely_base = 0 OR var('timely.mode') = 'all'), toInt256(1),
        kind = 'timely', toInt256(timely_base),
        kind = 'ratio_full' AND toInt256(done) * 1000000 >= threshold6 * due, toInt256(1),
        kind = 'ratio_full' AND var('full90.mode') = 'scaled', threshold6 * due,
        kind = 'ratio_full', toInt256(due),
        by_mark OR kind = 'steps' OR kind = 'deductions', points6,
        kind = 'mark_or_ratio' AND due > 0, toInt256(due),
        toInt256(1)) AS b
    FROM parts
  )
SELECT
  unit, item, part, ord, kind, measure, shown, clause, lost_missed, lost_late, lost_none, lost_mark, due, done, on_time,
  toUInt8(by_mark AND NOT filled) AS by_mark, mark_source, mark_id, deducted6, points6, threshold6, toUInt8(filled) AS filled,
  step_list[-1].1 AS last_step,
  -- gcd of ClickHouse refuses a zero; 0/d is reduced by d.
  gcd(if(full_num_raw = 0, full_den_raw, full_num_raw), full_den_raw) AS full_divisor,
  intDiv(full_num_raw, full_divisor) AS full_num, intDiv(full_den_raw, full_divisor) AS full_den,
  gcd(if(full_num * a = 0, full_den * b, full_num * a), full_den * b) AS divisor,
  intDiv(full_num * a, divisor) AS num, intDiv(full_den * b, divisor) AS den,
  if(full_den = 1, toString(full_num), concat('(', toString(full_num), '/', toString(full_den), ')')) AS full_text,
  multiIf(
    filled, full_text,
    kind IN ('ratio', 'timely', 'ratio_full') AND due = 0, full_text,
    kind = 'ratio', concat(full_text, '·', toString(done), '/', toString(due)),
    kind = 'timely' AND done = 0, concat(full_text, '·0'),
    kind = 'timely' AND var('timely.mode') = 'all', concat(full_text, '·[', toString(on_time), ' = ', toString(timely_base), ']'),
    kind = 'timely', concat(full_text, '·', toString(on_time), '/', toString(timely_base)),
    kind = 'ratio_full', concat(full_text, '·g(', toString(done), '/', toString(due), ')'),
    by_mark, toString(toFloat64(assumeNotNull(mark6)) / 1000000),
    kind = 'steps', concat(toString(toFloat64(a) / 1000000), ' [n=', toString(done), ']'),
    kind = 'checklist', concat(full_text, '·', toString(done = due)),
    kind = 'mark_or_ratio' AND due = 0, '0',
    kind = 'mark_or_ratio', concat(full_text, '·', toString(done), '/', toString(due)),
    kind = 'deductions' AND deduction_text != '', concat('max(0, ', full_text, ' − ', deduction_text, ')'),
    full_text) AS formula
FROM shares
