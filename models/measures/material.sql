/*
name: material
kind: measure
grain: one row per obligation due in the quarter and unit it requires
owner: models
description: An obligation announced again has the due day of the latest announcement.
lost: [material_missing, material_late]
timed: true
reads: [material.due, material.submitted]
columns:
  unit: unit id
  key: obligation_id
*/
SELECT o.unit AS unit, o.obligation_id AS key, '' AS subject, o.event_source AS event_source, o.event_id AS event_id,
  o.due_on AS due, s.submitted_at AS happened, toUInt8(s.submitted_at IS NOT NULL) AS done,
  toUInt8(ifNull(toDate32(s.submitted_at) <= o.due_on, 0)) AS on_time
FROM (
  SELECT obligation_id, unit, latest_of(announced) AS due_on, latest_of(source) AS event_source, latest_of(id) AS event_id
  FROM (
    SELECT JSONExtractString(facts, 'obligation_id') AS obligation_id, toDate32OrNull(JSONExtractString(facts, 'due_on')) AS announced,
      arrayJoin(JSONExtract(facts, 'required', 'Array(String)')) AS unit, time, id, toString(source) AS source
    FROM ref('int_live_events')
    WHERE type = 'material.due'
  )
  WHERE announced BETWEEN var('quarter_start') AND var('quarter_end')
  GROUP BY obligation_id, unit
) AS o
LEFT JOIN (
  SELECT JSONExtractString(facts, 'obligation_id') AS obligation_id, unit, toNullable(min(time)) AS submitted_at
  FROM ref('int_unit_events') WHERE type = 'material.submitted' GROUP BY obligation_id, unit
) AS s ON s.obligation_id = o.obligation_id AND s.unit = o.unit
