/*
name: int_punishment_steps
kind: ephemeral
grain: one row per unit and case it did something in
owner: models
description: >-
  First steps of a unit in a case of joint punishment.
reads: [punishment.received, punishment.applied, punishment.fed_back]
columns:
  unit: unit
  case_id: case
  received_at: when it received it
  applied_at: when it applied it
  fed_back_at: when it reported the result
  received: source, id and subject of the first receipt
  applied: the same of the first application
*/
SELECT unit, case_id,
  minOrNullIf(time, type = 'punishment.received') AS received_at,
  minOrNullIf(time, type = 'punishment.applied') AS applied_at,
  minOrNullIf(time, type = 'punishment.fed_back') AS fed_back_at,
  first_if(tuple(source, id, subject), type = 'punishment.received') AS received,
  first_if(tuple(source, id, subject), type = 'punishment.applied') AS applied
FROM (
  SELECT unit, type, JSONExtractString(facts, 'case_id') AS case_id, time, id, toString(source) AS source, subject
  FROM ref('int_unit_events')
  WHERE type IN ('punishment.received', 'punishment.applied', 'punishment.fed_back') AND unit != ''
)
GROUP BY unit, case_id
