/*
description: What was late bears the loss; where nothing was done, or timely.of = due, what was missed as well.
*/
SELECT unit, item, measure, clause, lost_late, lost_missed, toUInt8(1) AS counts_late, toUInt8(1) AS counts_missed,
  toNullable(if(done > 0 AND bearers > 0, loss / bearers, 0)) AS late_points,
  toNullable(if((done = 0 OR var('timely.of') = 'due') AND bearers > 0, loss / bearers, 0)) AS missed_points
FROM (
  SELECT *, multiIf(done = 0, due, var('timely.of') = 'due', due - on_time, done - on_time) AS bearers
  FROM ref('int_part_losses')
  WHERE kind = 'timely'
)
