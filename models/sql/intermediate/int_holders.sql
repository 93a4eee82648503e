/*
name: int_holders
kind: ephemeral
grain: one row per sending unit and duty that has a holder
owner: models
description: >-
  holder(e, duty) of rulesets.md §1 - the unit of the event if it has the duty, else the rule set’s only unit with that duty.
columns:
  sender: unit of the event, empty for none
  duty: duty
  unit: unit that holds the duty for it
*/
SELECT s.sender AS sender, d.duty AS duty, if(has(d.units, s.sender), s.sender, d.units[1]) AS unit
FROM (SELECT unit AS sender FROM ref('int_units') UNION ALL SELECT '' AS sender) AS s
CROSS JOIN (SELECT duty, groupUniqArray(unit) AS units FROM ref('int_unit_duties') GROUP BY duty) AS d
WHERE has(d.units, s.sender) OR length(d.units) = 1
