/*
name: int_due_pushes
kind: ephemeral
grain: one row per unit and push that should be claimed
owner: models
description: The cohort of item `claim`. An unconfirmed return stays due; a confirmed one leaves (or counts as handled, by parameter).
columns:
  happened: when it was handled
  done: 1 if handled by the cut-off
  on_time: 1 if handled in time
  push_id: as in int_pushes, like all other columns
*/
SELECT *,
  if(claimed_at IS NULL AND return_confirmed, returned_at, claimed_at) AS happened,
  toUInt8(claimed_at IS NOT NULL OR return_confirmed) AS done,
  -- A deadline beyond the known calendar lies after every claim that can have happened.
  toUInt8(done AND ifNull(toDate32(happened) <= claim_due, 1)) AS on_time
FROM ref('int_pushes')
WHERE NOT voided
  AND (NOT return_confirmed OR var('claim.returned') = 'counts as handled')
  AND if(var_on('claim.cohort', pushed_on) = 'pushed', pushed_on BETWEEN var('quarter_start') AND var('quarter_end'), ifNull(claim_due BETWEEN var('quarter_start') AND var('quarter_end'), 0))
