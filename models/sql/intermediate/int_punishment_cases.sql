/*
name: int_punishment_cases
kind: ephemeral
grain: one row per case and unit it concerns
owner: models
description: >-
  First `punishment.initiated` of a case × its implementers, or all units with the item’s duty but the sender’s.
reads: [punishment.initiated]
columns:
  unit: unit that should carry it out
  case_id: case
  subject: subject of the event
  started_on: its day
*/
SELECT u.unit AS unit, c.case_id AS case_id, c.subject AS subject, c.event_source AS event_source, c.event_id AS event_id, c.started_on AS started_on
FROM (
  SELECT unit AS sender, JSONExtractString(facts, 'case_id') AS case_id, subject, toString(source) AS event_source, id AS event_id, event_day AS started_on,
    JSONExtract(facts, 'implementers', 'Array(String)') AS implementers
  FROM ref('int_unit_events')
  WHERE type = 'punishment.initiated'
  ORDER BY first_event('')
  LIMIT 1 BY case_id
) AS c
CROSS JOIN (SELECT DISTINCT unit FROM ref('int_unit_duties') WHERE has(var('ITEM.duties'), duty)) AS u
WHERE if(empty(c.implementers), u.unit != c.sender, has(c.implementers, u.unit))
