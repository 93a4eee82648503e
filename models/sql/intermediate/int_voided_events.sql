/*
name: int_voided_events
kind: incremental
grain: one row per event that never happened as of the cut-off
unique_key: [source, id]
owner: models
description: >-
  Events named by an `event.voided` up to the cut-off. A void that is itself voided never happened and voids nothing, to any depth;
  voids that void each other in a circle (or themselves) stay undecided and void nothing else.
reads: [event.voided]
columns:
  quarter: quarter of the build
  source: source of the voided event
  id: id of the voided event
*/
WITH
  voids AS (
    SELECT source, id, JSONExtractString(facts, 'event_source') AS target_source, JSONExtractString(facts, 'event_id') AS target_id
    FROM ref('stg_events')
    WHERE type = 'event.voided' AND time <= var('cutoff') AND recorded_at <= var('as_of')
  ),
  -- Voids that other voids name, with those others.
  contested AS (
    SELECT tuple(toString(v.source), v.id) AS node, groupArray(tuple(toString(a.source), a.id)) AS attackers
    FROM voids AS v
    INNER JOIN voids AS a ON a.target_source = toString(v.source) AND a.target_id = v.id
    GROUP BY node
  ),
  -- Attackers as positions among the contested; 0 is a void nobody contests, which therefore holds.
  graph AS (
    SELECT groupArray(node) AS nodes, groupArray(attackers) AS attacked_by,
      arrayMap(list -> arrayMap(one -> indexOf(nodes, one), list), attacked_by) AS edges
    FROM contested
  ),
  settled AS (SELECT nodes, void_labels(edges) AS labels FROM graph),
  without_effect AS (
    SELECT pair.1 AS node FROM (SELECT arrayJoin(arrayZip(nodes, labels)) AS pair FROM settled) WHERE pair.2 != 1
  )
-- Qualified: a bare "id" here would be the alias of the target, not the void.
SELECT DISTINCT v.target_source AS source, v.target_id AS id
FROM voids AS v
WHERE tuple(toString(v.source), v.id) NOT IN (SELECT node FROM without_effect)
