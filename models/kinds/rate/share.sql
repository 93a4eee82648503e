/*
description: A rate without points - on time/due where there is a deadline and units are ranked by it, else done/due.
*/
SELECT unit, item, part,
  toInt256(0) AS a, toInt256(1) AS b,
  concat(toString(if(has_deadline AND var('rank.by') = 'on_time', on_time, done)), '/', toString(due)) AS formula,
  toNullable(toFloat64(done)) AS numerator, toNullable(toFloat64(due)) AS denominator, toUInt8(has_deadline) AS timed,
  arrayConcat(
    if(due = 0, ['no_business'], []),
    if(due > 0 AND due < var('badge_small_n') AND NOT JSONExtractBool(options, 'complete'), ['small_n'], []),
    if(JSONType(options, 'target') NOT IN ('Null', 'Object') AND done * 100 < JSONExtractFloat(options, 'target') * due, ['below_target'], [])) AS badges
FROM ref('int_parts')
WHERE kind = 'rate'
