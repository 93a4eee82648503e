/*
description: >-
  on time/done (timely.of = due: on time/due); timely.mode = all gives the whole or nothing. Nothing done of something due is
  nothing, nothing due the whole.
*/
SELECT unit, item, part,
  multiIf(
    due = 0, toInt256(1),
    done = 0 OR base = 0, toInt256(0),
    var('timely.mode') = 'all', toInt256(on_time = base),
    toInt256(on_time)) AS a,
  if(due = 0 OR done = 0 OR base = 0 OR var('timely.mode') = 'all', toInt256(1), toInt256(base)) AS b,
  multiIf(
    due = 0, full_text,
    done = 0, concat(full_text, '·0'),
    var('timely.mode') = 'all', concat(full_text, '·[', toString(on_time), ' = ', toString(base), ']'),
    concat(full_text, '·', toString(on_time), '/', toString(base))) AS formula,
  toNullable(toFloat64(done)) AS numerator, CAST(NULL, 'Nullable(Float64)') AS denominator, toUInt8(1) AS timed,
  CAST([], 'Array(String)') AS badges
FROM (SELECT *, if(var('timely.of') = 'due', due, done) AS base FROM ref('int_parts') WHERE kind = 'timely')
