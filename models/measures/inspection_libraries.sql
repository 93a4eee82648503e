/*
name: inspection_libraries
kind: measure
grain: one row per unit and library
owner: models
description: >-
  Whether each library has entries at the end of the quarter, by the latest update of some department of the unit; a plan needs a task of the year that the unit leads.
parameters:
  libraries: { type: texts, default: [items, objects, inspectors], of: [plan, items, objects, inspectors] }
  libraries.due: { type: day, default: null }
  libraries.laterDue: { type: day, default: null }
  libraries.laterUnits: { type: texts, default: [], each: unit }
needs: [libraries]
lost: [library_incomplete, library_late]
timed: libraries.due
columns:
  unit: unit id
  key: library
*/
SELECT u.unit AS unit, u.library AS key, '' AS subject, '' AS event_source, '' AS event_id,
  CAST(if(has(var('libraries.laterUnits'), u.unit), var('libraries.laterDue'), var('libraries.due')), 'Nullable(Date32)') AS due,
  if(ifNull(l.complete, 0), l.first_at, NULL) AS happened, toUInt8(ifNull(l.complete, 0)) AS done, in_time(happened, due) AS on_time
FROM (SELECT unit, arrayJoin(var('libraries')) AS library FROM ref('int_units')) AS u
LEFT JOIN (
  SELECT unit, library, toUInt8(max(latest >= 1)) AS complete, min(good_at) AS first_at
  FROM (
    SELECT unit, department, library, latest_of(entries) AS latest, minOrNullIf(time, entries >= 1) AS good_at
    FROM (
      SELECT unit, toString(department) AS department, JSONExtractString(facts, 'library') AS library, JSONExtractInt(facts, 'count') AS entries, time, id, source
      FROM ref('int_unit_events')
      WHERE type = 'library.updated' AND event_day <= var('quarter_end') AND unit != ''
    )
    GROUP BY unit, department, library
  )
  GROUP BY unit, library
  UNION ALL
  SELECT p.unit AS unit, 'plan' AS library, toUInt8(1) AS complete, toNullable(greatest(p.filed_at, t.created_at)) AS first_at
  FROM (
    SELECT unit, min(time) AS filed_at FROM ref('int_unit_events')
    WHERE type = 'plan.filed' AND JSONExtractInt(facts, 'year') = var('year') AND event_day <= var('quarter_end') AND unit != '' GROUP BY unit
  ) AS p
  INNER JOIN (
    SELECT JSONExtractString(facts, 'lead') AS unit, min(time) AS created_at FROM ref('int_live_events')
    WHERE type = 'task.created' AND JSONExtractInt(facts, 'year') = var('year') AND event_day <= var('quarter_end') GROUP BY unit
  ) AS t ON t.unit = p.unit
) AS l ON l.unit = u.unit AND l.library = u.library
