/*
description: What was missed or late bears its deduction; deductions cut off at zero in proportion.
*/
SELECT l.unit AS unit, l.item AS item, t.measure AS measure, l.clause AS clause, t.lost AS lost_late, t.lost AS lost_missed,
  toUInt8(t.state = 'late') AS counts_late, toUInt8(t.state != 'late') AS counts_missed,
  toNullable(toFloat64(t.each6) / toFloat64(t.all6) * l.loss) AS late_points, late_points AS missed_points
FROM ref('int_part_losses') AS l
INNER JOIN (
  SELECT *, sum(deducted6) OVER (PARTITION BY unit, item, part) AS all6 FROM ref('deductions_taken')
) AS t ON t.unit = l.unit AND t.item = l.item AND t.part = l.part
WHERE l.kind = 'deductions' AND t.all6 > 0
