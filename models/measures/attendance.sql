/*
name: attendance
kind: measure
grain: one row per meeting of the quarter and unit it requires
owner: models
description: A substitute or an excuse is attendance too.
lost: [absent]
timed: false
work: [meeting.held]
reads: [meeting.held, meeting.attended]
columns:
  unit: unit id
  key: meeting_id
*/
SELECT m.unit AS unit, m.meeting_id AS key, '' AS subject, m.event_source AS event_source, m.event_id AS event_id,
  toNullable(toDate32(m.held_at)) AS due, a.attended_at AS happened, toUInt8(a.attended_at IS NOT NULL) AS done, done AS on_time
FROM (
  SELECT meeting_id, unit, min(time) AS held_at, first_of(source) AS event_source, first_of(id) AS event_id
  FROM (
    SELECT JSONExtractString(facts, 'meeting_id') AS meeting_id, arrayJoin(JSONExtract(facts, 'required', 'Array(String)')) AS unit, time, id, toString(source) AS source
    FROM ref('int_live_events')
    WHERE type = 'meeting.held' AND event_day BETWEEN var('quarter_start') AND var('quarter_end')
  )
  GROUP BY meeting_id, unit
) AS m
LEFT JOIN (
  SELECT JSONExtractString(facts, 'meeting_id') AS meeting_id, toString(department) AS unit, toNullable(min(time)) AS attended_at
  FROM ref('int_live_events') WHERE type = 'meeting.attended' GROUP BY meeting_id, unit
) AS a ON a.meeting_id = m.meeting_id AND a.unit = m.unit
