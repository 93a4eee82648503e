/*
name: int_draws
kind: incremental
unique_key: [task_id]
grain: one row per task drawn in the quarter
owner: models
description: Draws executed inside the quarter; a task drawn twice has the objects of both.
reads: [draw.executed]
columns:
  task_id: task
  objects: USCCs drawn
  drawn_at: first draw
*/
SELECT JSONExtractString(facts, 'task_id') AS task_id, groupUniqArrayArray(arrayMap(one -> upper(one), JSONExtract(facts, 'objects', 'Array(String)'))) AS objects,
  min(time) AS drawn_at, first_of(toString(source)) AS event_source, first_of(id) AS event_id
FROM ref('int_live_events')
WHERE type = 'draw.executed' AND event_day BETWEEN var('quarter_start') AND var('quarter_end')
GROUP BY task_id
