/*
name: int_item_deadlines
kind: ephemeral
grain: one row per unit and start day whose row belongs to the quarter
owner: models
description: >-
  Where the rows of an item belong - with a limit in the quarter of the deadline, without one in that of the start. The limit is that in force on the
  start day, whatever the quarter, so that each row is in exactly one. A start in a year without a notice has no row.
columns:
  unit: unit id
  start: day the clock starts
  due: last day in time; null without a limit
*/
SELECT unit, start, toNullable(due) AS due
FROM ref('int_deadlines')
WHERE workdays = var_on('ITEM.deadlineWorkdays', start) AND due BETWEEN var('quarter_start') AND var('quarter_end')
UNION ALL
SELECT unit, day AS start, CAST(NULL, 'Nullable(Date32)') AS due
FROM ref('int_unit_days')
WHERE var_on('ITEM.deadlineWorkdays', day) IS NULL AND day BETWEEN var('quarter_start') AND var('quarter_end')
