/*
name: risk_inspections
kind: table
grain: one row per task and subject whose latest result lies in the month
unique_key: [subject, task_id]
owner: risk
description: Inspections of the month and whether they found something, to be set beside the tier that the subject had before.
columns:
  subject: USCC
  task_id: task
  source: source of the result
  id: id of the result
  day: day of the result
  found: 1 where the result has a code other than 1
*/
SELECT subject, task_id, last.1 AS source, last.2 AS id, last.3 AS day, last.4 AS found
FROM (
  SELECT subject, JSONExtractString(facts, 'task_id') AS task_id,
    latest_of(tuple(toString(source), id, event_day, toUInt8(arrayExists(code -> code != '1', JSONExtract(facts, 'codes', 'Array(String)'))))) AS last
  FROM ref('risk_live_events')
  WHERE type = 'result.entered'
  GROUP BY subject, task_id
)
WHERE day >= var('month_start')
