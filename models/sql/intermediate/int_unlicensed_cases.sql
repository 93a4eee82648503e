/*
name: int_unlicensed_cases
kind: ephemeral
grain: one row per unit and case reported in the quarter
owner: models
description: Measure `unlicensed`.
columns:
  unit: unit id
  key: case_id
*/
SELECT 'unlicensed' AS measure, toString(department) AS unit, JSONExtractString(facts, 'case_id') AS key, '' AS subject,
  argMin(toString(source), (time, id, source)) AS event_source, argMin(id, (time, id, source)) AS event_id,
  CAST(NULL, 'Nullable(Date32)') AS due, toNullable(min(time)) AS happened, toUInt8(1) AS done, toUInt8(1) AS on_time
FROM ref('int_live_events')
WHERE type = 'unlicensed.reported' AND event_day BETWEEN var('quarter_start') AND var('quarter_end')
GROUP BY unit, key
