/*
name: unlicensed
kind: measure
grain: one row per unit and case reported in the quarter
owner: models
description: Cases of unlicensed business that the unit reported; each counts as done.
parameters:
  unlicensed.one: { type: number, default: 2.5, minimum: 0, maximum: 100 }
lost: [case_missing]
timed: false
work: [unlicensed.reported]
reads: [unlicensed.reported]
columns:
  unit: unit id
  key: case_id
*/
SELECT toString(department) AS unit, JSONExtractString(facts, 'case_id') AS key, '' AS subject,
  first_of(toString(source)) AS event_source, first_of(id) AS event_id,
  CAST(NULL, 'Nullable(Date32)') AS due, toNullable(min(time)) AS happened, toUInt8(1) AS done, toUInt8(1) AS on_time
FROM ref('int_live_events')
WHERE type = 'unlicensed.reported' AND event_day BETWEEN var('quarter_start') AND var('quarter_end')
GROUP BY unit, key
