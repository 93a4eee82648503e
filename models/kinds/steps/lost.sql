/*
description: Nothing in the ledger bears the loss - what counts is there; what is missing stands in absent.sql.
*/
SELECT unit, item, measure, clause, lost_late, lost_missed, toUInt8(0) AS counts_late, toUInt8(0) AS counts_missed,
  toNullable(toFloat64(0)) AS late_points, toNullable(toFloat64(0)) AS missed_points
FROM ref('int_part_losses')
WHERE kind = 'steps' AND 0
