/*
name: licence
kind: measure
grain: one row per unit, register and document that should be entered
owner: models
description: Licences that should be entered - those listed and those entered.
parameters:
  register.deadlineWorkdays: { type: workdays, default: 7 }
  due.source: { type: choice, values: [union, list, platform] }
lost: [not_entered]
timed: true
work: [licence.entered]
narrow: { by: subject, rows: subject }
columns:
  unit: unit id
  key: document number
*/
SELECT unit, key, subject, event_source, event_id, due, happened, done, on_time
FROM ref('int_register_entries')
WHERE measure = 'licence'
