/*
name: int_measures
kind: incremental
grain: one row per unit and measure with something in it
unique_key: [unit, measure]
owner: models
description: Counts over the ledger.
columns:
  quarter: quarter of the build
  unit: unit id
  measure: measure
  due: things due
  done: things done
  on_time: things done in time; what began while there was no limit is in time whenever it is done
  dated: things that have a deadline
*/
SELECT unit, measure, toInt64(sum(amount)) AS due, toInt64(sum(amount_done)) AS done,
  toInt64(sumIf(amount, o.done AND ifNull(o.on_time, o.due IS NULL))) AS on_time,
  toInt64(sumIf(amount, o.due IS NOT NULL)) AS dated
FROM ref('int_obligations') AS o
GROUP BY unit, measure
