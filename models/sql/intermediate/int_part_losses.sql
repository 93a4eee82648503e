/*
name: int_part_losses
kind: ephemeral
grain: one row per unit, item and part
owner: models
description: What each part lost of its attainable points. Who bears it is the kind's (`kinds/<kind>/lost.sql`, `absent.sql`).
columns:
  loss: points lost; the other columns are those of int_part_scores
*/
SELECT *, toFloat64(full_num * den - num * full_den) / (toFloat64(full_den) * toFloat64(den)) AS loss
FROM ref('int_part_scores')
WHERE cityHash64(unit, item) % var('slices') = var('slice')
