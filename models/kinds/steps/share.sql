/*
description: The points of the highest step that the count reaches; at a count of zero an awarded mark, where the part allows one.
*/
SELECT unit, item, part,
  if(by_mark, assumeNotNull(mark6), reached6) AS a, points6 AS b,
  if(by_mark, toString(toFloat64(assumeNotNull(mark6)) / 1000000), concat(toString(toFloat64(reached6) / 1000000), ' [n=', toString(done), ']')) AS formula,
  toNullable(toFloat64(done)) AS numerator, CAST(NULL, 'Nullable(Float64)') AS denominator, toUInt8(0) AS timed,
  CAST([], 'Array(String)') AS badges
FROM (
  SELECT *,
    arrayMap(step -> (toInt64(JSONExtractInt(step, 1)), micro(toDecimal128OrZero(JSONExtractString(step, 2), 6))), JSONExtractArrayRaw(options, 'steps')) AS step_list,
    arrayLast(step -> step.1 <= done, step_list).2 AS reached6
  FROM ref('int_parts')
  WHERE kind = 'steps'
)
