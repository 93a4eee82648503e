/*
description: The latest awarded mark; without one done/due, and nothing where nothing was due.
*/
SELECT unit, item, part,
  multiIf(by_mark, assumeNotNull(mark6), due = 0, toInt256(0), toInt256(done)) AS a,
  multiIf(by_mark, points6, due > 0, toInt256(due), toInt256(1)) AS b,
  multiIf(
    by_mark, toString(toFloat64(assumeNotNull(mark6)) / 1000000),
    due = 0, '0',
    concat(full_text, '·', toString(done), '/', toString(due))) AS formula,
  toNullable(toFloat64(done)) AS numerator, toNullable(toFloat64(due)) AS denominator, toUInt8(0) AS timed,
  if(due > 0 AND due < var('badge_small_n'), ['small_n'], CAST([], 'Array(String)')) AS badges
FROM ref('int_parts')
WHERE kind = 'mark_or_ratio'
