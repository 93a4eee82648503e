/*
name: department_coverage
kind: measure
grain: one row per leading unit and unit that should enter
owner: models
description: >-
  Units with the duty entry, and whether each entered anything in the quarter.
parameters:
  records: { type: texts, default: [], each: record_type }
duties: [entry]
lost: [department_silent]
timed: false
work: [licence.entered, penalty.entered]
needs: [records]
columns:
  unit: unit id
  key: unit that should enter
*/
SELECT l.unit AS unit, u.unit AS key, '' AS subject, ifNull(e.event_source, '') AS event_source, ifNull(e.event_id, '') AS event_id, CAST(NULL, 'Nullable(Date32)') AS due,
  e.happened AS happened, toUInt8(e.happened IS NOT NULL) AS done, CAST(NULL, 'Nullable(UInt8)') AS on_time
FROM (SELECT DISTINCT unit FROM ref('int_unit_duties') WHERE has(var('ITEM.duties'), duty)) AS l
CROSS JOIN (SELECT unit FROM ref('int_unit_duties') WHERE duty = 'entry') AS u
LEFT JOIN (
  SELECT unit, toNullable(min(time)) AS happened, first_of(source) AS event_source, first_of(id) AS event_id
  FROM ref('int_record_entries')
  WHERE event_day BETWEEN var('quarter_start') AND var('quarter_end')
  GROUP BY unit
) AS e ON e.unit = u.unit
