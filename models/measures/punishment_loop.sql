/*
name: punishment_loop
kind: measure
grain: one row per case and unit it concerns
owner: models
description: >-
  Cases of joint punishment, and whether each unit concerned applied them and reported the result.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [loop_open, loop_late]
timed: ITEM.deadlineWorkdays
work: [punishment.initiated]
columns:
  unit: unit id
  key: case_id
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT c.unit AS unit, c.case_id AS key, c.subject AS subject, c.event_source AS event_source, c.event_id AS event_id, c.started_on AS start, if(s.applied_at IS NULL OR s.fed_back_at IS NULL, NULL, greatest(assumeNotNull(s.applied_at), assumeNotNull(s.fed_back_at))) AS happened
  FROM ref('int_punishment_cases') AS c
  LEFT JOIN ref('int_punishment_steps') AS s ON s.unit = c.unit AND s.case_id = c.case_id
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
