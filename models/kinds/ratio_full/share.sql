/*
description: The whole from the threshold on, else done/due (full90.mode = scaled - done/due over the threshold). Nothing due is the whole.
*/
SELECT unit, item, part,
  multiIf(due = 0 OR reached, toInt256(1), var('full90.mode') = 'scaled', toInt256(done) * 1000000, toInt256(done)) AS a,
  multiIf(due = 0 OR reached, toInt256(1), var('full90.mode') = 'scaled', threshold6 * due, toInt256(due)) AS b,
  if(due = 0, full_text, concat(full_text, '·g(', toString(done), '/', toString(due), ')')) AS formula,
  toNullable(toFloat64(done)) AS numerator, toNullable(toFloat64(due)) AS denominator, toUInt8(0) AS timed,
  arrayConcat(
    if(due = 0, ['no_business'], []),
    if(due > 0 AND abs(toInt256(done) * 1000000 - threshold6 * due) <= micro(toDecimal64(var('badge_near_threshold'), 6)) * due, ['near_threshold'], []),
    if(due > 0 AND due < var('badge_small_n'), ['small_n'], [])) AS badges
FROM (
  SELECT *, micro(toDecimal128OrZero(JSONExtractString(options, 'threshold'), 6)) AS threshold6, toInt256(done) * 1000000 >= threshold6 * due AS reached
  FROM ref('int_parts')
  WHERE kind = 'ratio_full'
)
