/*
description: The points less the deductions, not below zero.
*/
SELECT p.unit AS unit, p.item AS item, p.part AS part,
  greatest(toInt256(0), p.points6 - ifNull(d.deducted, toInt256(0))) AS a, p.points6 AS b,
  if(ifNull(d.text, '') = '', p.full_text, concat('max(0, ', p.full_text, ' − ', d.text, ')')) AS formula,
  -- The points are the figure.
  CAST(NULL, 'Nullable(Float64)') AS numerator, CAST(NULL, 'Nullable(Float64)') AS denominator, toUInt8(0) AS timed,
  CAST([], 'Array(String)') AS badges
FROM ref('int_parts') AS p
LEFT JOIN (
  SELECT unit, item, part, sum(deducted6) AS deducted,
    arrayStringConcat(arraySort(groupArray(concat(toString(times), '·', toString(toFloat64(each6) / 1000000)))), ' − ') AS text
  FROM ref('deductions_taken')
  WHERE counted
  GROUP BY unit, item, part
) AS d ON d.unit = p.unit AND d.item = p.item AND d.part = p.part
WHERE p.kind = 'deductions'
