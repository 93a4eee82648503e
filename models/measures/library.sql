/*
name: library
kind: measure
grain: one row per unit and library of the rule set
owner: models
description: Whether the latest update by the end of the quarter satisfies the rule set's line for the library.
lost: [library_incomplete]
timed: false
reads: [library.updated]
columns:
  unit: unit id
  key: library
*/
WITH latest AS (
  SELECT toString(department) AS unit, JSONExtractString(facts, 'library') AS library,
    latest_of(facts) AS latest_facts, latest_of(toString(source)) AS latest_source, latest_of(id) AS latest_id,
    max(time) AS latest_time
  FROM ref('int_live_events')
  WHERE type = 'library.updated' AND event_day <= var('quarter_end')
  GROUP BY unit, library
)
SELECT
  u.unit AS unit, n.library AS key, '' AS subject,
  ifNull(l.latest_source, '') AS event_source, ifNull(l.latest_id, '') AS event_id,
  toNullable(var('quarter_end')) AS due, toNullable(l.latest_time) AS happened,
  toUInt8(l.unit IS NOT NULL
    AND JSONExtractInt(ifNull(l.latest_facts, ''), 'count') >= n.min_count
    AND arrayAll(approval -> JSONExtractBool(ifNull(l.latest_facts, ''), approval), n.approvals)
    AND ifNull(toDate32(l.latest_time) >= var('quarter_end') - n.max_age_days, 1)) AS done,
  done AS on_time
FROM ref('int_units') AS u
CROSS JOIN ref('ruleset_libraries') AS n
LEFT JOIN latest AS l ON l.unit = u.unit AND l.library = n.library
