/*
name: int_tasks
kind: incremental
order_by: [task_id, unit]
grain: one row per task, scope and unit that takes part
owner: models
description: Inspection tasks as created, with their lead and participants.
reads: [task.created]
columns:
  task_id: task
  scope: single or joint
  year: year of the task
  created_on: local day
  lead: leading unit
  unit: lead or participant
*/
SELECT DISTINCT
  JSONExtractString(facts, 'task_id') AS task_id, JSONExtractString(facts, 'scope') AS scope, JSONExtractInt(facts, 'year') AS year,
  event_day AS created_on, JSONExtractString(facts, 'lead') AS lead,
  arrayJoin(arrayDistinct(arrayPushBack(JSONExtract(facts, 'participants', 'Array(String)'), lead))) AS unit
FROM ref('int_live_events')
WHERE type = 'task.created'
