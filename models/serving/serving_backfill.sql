/*
name: serving_backfill
kind: incremental
grain: one row per unit, item, deadline and day of entry
unique_key: [unit, item, due, entered_on]
owner: charts
description: >-
  The stock of old records that an item counts, by the day on which they were first entered, so that what is left can be drawn from day to
  day. The stock is that of the item; who is still missing has no day.
columns:
  quarter: quarter, month or year of the build
  unit: unit of the records
  item: item that counts them
  due: last day in time, where there is one
  entered_on: day of the first entry, null if never entered
  records: how many
*/
SELECT o.unit AS unit, p.item AS item, o.due AS due, if(o.done, toDate32(o.happened), NULL) AS entered_on, toUInt32(count()) AS records
FROM ref('int_obligations') AS o
INNER JOIN ref('ruleset_parts') AS p ON p.measure = o.measure
WHERE p.kind = 'rate' AND splitByChar(':', o.measure)[1] = 'record_backfill'
GROUP BY unit, item, due, entered_on
