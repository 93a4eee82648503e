/*
name: int_unit_duties
kind: ephemeral
grain: one row per unit and duty in force at the end of the quarter
owner: models
description: The duty matrix. Events outside a unit's duties score nothing.
columns:
  unit: unit id
  duty: duty id
*/
SELECT DISTINCT unit, duty
FROM ref('ruleset_duties')
WHERE ifNull(valid_from <= var('quarter_end'), 1) AND ifNull(valid_to >= var('quarter_end'), 1)
  AND unit IN (SELECT unit FROM ref('int_units'))
