/*
name: int_live_events
kind: ephemeral
grain: one row per event a measure of the quarter may see
owner: models
description: Events up to the cut-off (and recorded up to the as-of time) that were not voided. Every measure reads this and nothing else.
columns:
  id: as in stg_events, like all other columns
*/
SELECT *
FROM ref('stg_events')
WHERE time <= var('cutoff') AND recorded_at <= var('as_of')
  AND (toString(source), id) NOT IN (SELECT source, id FROM ref('int_voided_events'))
