/*
description: What the ledger takes off, one row per unit, part and deduction of the rule set.
grain: one row per unit, item, part and deduction
columns:
  deducted6: millionths of a point, not yet cut off at zero
*/
SELECT unit, item, part, clause, loss6, one.1 AS measure, one.2 AS state, one.4 AS lost, micro(toDecimal128OrZero(one.3, 6)) AS each6,
  if(state = 'late', ifNull(m.done - m.on_time, 0), ifNull(m.due - m.done, 0)) AS times, toInt256(times) * each6 AS deducted6, m.unit IS NOT NULL AS counted
FROM (
  SELECT unit, item, part, clause, points6 AS loss6,
    arrayJoin(arrayMap(deduction -> (JSONExtractString(deduction, 'measure'), JSONExtractString(deduction, 'state'), JSONExtractString(deduction, 'points'), JSONExtractString(deduction, 'lost')),
      JSONExtractArrayRaw(options, 'deductions'))) AS one
  FROM ref('int_parts')
  WHERE kind = 'deductions'
) AS d
LEFT JOIN ref('int_measures') AS m ON m.unit = d.unit AND m.measure = d.one.1
