/*
description: What was not done bears the loss, each thing alike.
*/
SELECT unit, item, measure, clause, lost_late, lost_missed, toUInt8(0) AS counts_late, toUInt8(1) AS counts_missed,
  toNullable(toFloat64(0)) AS late_points, toNullable(if(due > done, loss / (due - done), 0)) AS missed_points
FROM ref('int_part_losses')
WHERE kind = 'ratio'
