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
  due: rows
  done: rows done
  on_time: rows done in time
*/
SELECT unit, measure, toInt64(count()) AS due, toInt64(sum(o.done)) AS done, toInt64(sum(o.done AND o.on_time)) AS on_time
FROM ref('int_obligations') AS o
GROUP BY unit, measure
