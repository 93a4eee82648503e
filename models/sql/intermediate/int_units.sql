/*
name: int_units
kind: ephemeral
grain: one row per unit in force at the end of the quarter
owner: models
description: Units of the rule set.
columns:
  unit: unit id
  unit_name: name
  unit_name_en: English name
  ord: place in the rule set
*/
SELECT unit, unit_name, unit_name_en, ord
FROM ref('ruleset_units')
WHERE ifNull(valid_from <= var('quarter_end'), 1) AND ifNull(valid_to >= var('quarter_end'), 1)
