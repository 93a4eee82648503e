/*
description: done/due; nothing due is the whole.
*/
SELECT unit, item, part,
  if(due = 0, toInt256(1), toInt256(done)) AS a,
  if(due = 0, toInt256(1), toInt256(due)) AS b,
  if(due = 0, full_text, concat(full_text, '·', toString(done), '/', toString(due))) AS formula,
  toNullable(toFloat64(done)) AS numerator, toNullable(toFloat64(due)) AS denominator, toUInt8(0) AS timed,
  multiIf(due = 0, ['no_business'], due < var('badge_small_n'), ['small_n'], []) AS badges
FROM ref('int_parts')
WHERE kind = 'ratio'
