/*
name: data_quality
kind: measure
grain: one row per unit and rule of data quality run in the quarter
owner: models
description: >-
  The latest check of each rule in the quarter; counted are the rows that it looked at and those that passed.
parameters:
  quality.target: { type: number, default: 100, minimum: 0, maximum: 100 }
lost: [standard_failed]
timed: false
work: [quality.checked]
reads: [quality.checked]
columns:
  unit: unit id
  key: rule_id
  amount: rows looked at
  amount_done: rows that passed
*/
SELECT unit, rule AS key, subject, event_source, event_id, CAST(NULL, 'Nullable(Date32)') AS due, toNullable(time) AS happened,
  toUInt8(failed = 0) AS done, CAST(NULL, 'Nullable(UInt8)') AS on_time, assumeNotNull(n) AS amount, assumeNotNull(n - failed) AS amount_done
FROM (
  SELECT unit, fact_text(facts, 'rule_id') AS rule, subject, toString(source) AS event_source, id AS event_id, time, fact_whole(facts, 'n') AS n, fact_whole(facts, 'failed') AS failed
  FROM ref('int_unit_events')
  WHERE type = 'quality.checked' AND unit != '' AND event_day BETWEEN var('quarter_start') AND var('quarter_end') AND rule IS NOT NULL AND failed >= 0 AND n >= failed
  ORDER BY latest_event('')
  LIMIT 1 BY unit, rule
)
