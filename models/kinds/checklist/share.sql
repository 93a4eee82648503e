/*
description: All lines satisfied, or nothing.
*/
SELECT unit, item, part,
  toInt256(done = due) AS a, toInt256(1) AS b,
  concat(full_text, '·', toString(done = due)) AS formula,
  toNullable(toFloat64(done)) AS numerator, CAST(NULL, 'Nullable(Float64)') AS denominator, toUInt8(0) AS timed,
  CAST([], 'Array(String)') AS badges
FROM ref('int_parts')
WHERE kind = 'checklist'
