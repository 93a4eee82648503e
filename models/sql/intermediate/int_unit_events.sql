/*
name: int_unit_events
kind: ephemeral
grain: one row per event a measure of the quarter may see
owner: models
description: >-
  Live events with the unit whose they are.
columns:
  unit: unit of the event, empty for none
  id: as in int_live_events, like all other columns
*/
SELECT e.*, s.unit AS unit
FROM ref('int_live_events') AS e
INNER JOIN ref('int_senders') AS s ON s.department = e.department AND s.region = e.region
