/*
description: What was missed, and what was late, without points.
*/
SELECT unit, item, measure, clause, lost_late, lost_missed, toUInt8(1) AS counts_late, toUInt8(1) AS counts_missed,
  CAST(NULL, 'Nullable(Float64)') AS late_points, CAST(NULL, 'Nullable(Float64)') AS missed_points
FROM ref('int_part_losses')
WHERE kind = 'rate'
