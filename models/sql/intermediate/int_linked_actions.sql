/*
name: int_linked_actions
kind: ephemeral
grain: one row per linked action that names an event
owner: models
description: >-
  `linkage.action` with the event it names.
reads: [linkage.action]
columns:
  unit: unit that acted
  subject: USCC
  trigger_id: id of the event it names
  time: when
*/
SELECT unit, subject, fact_text(facts, 'trigger_event_id') AS trigger_id, time
FROM ref('int_unit_events')
WHERE type = 'linkage.action' AND trigger_id IS NOT NULL
