/*
name: int_record_rows
kind: ephemeral
grain: one row per row of a unit’s latest lists
owner: models
description: >-
  Rows of the latest `quarter_list.submitted` per unit, department, quarter and kind, of any quarter.
reads: [quarter_list.submitted]
columns:
  unit: unit of the list
  class: licence or dishonest
  subject: USCC
  key: document number
  decided_on: day the information was produced
*/
SELECT unit, list AS class, upper(JSONExtractString(entry, 'uscc')) AS subject, JSONExtractString(entry, 'doc_no') AS key,
  assumeNotNull(toDate32OrNull(JSONExtractString(entry, 'decided_on'))) AS decided_on, event_source, event_id
FROM (
  SELECT unit, list, event_source, event_id, arrayJoin(JSONExtractArrayRaw(facts, 'rows')) AS entry
  FROM (
    SELECT unit, toString(department) AS department, JSONExtractString(facts, 'quarter') AS list_quarter, JSONExtractString(facts, 'kind') AS list,
      toString(source) AS event_source, id AS event_id, facts
    FROM ref('int_unit_events')
    WHERE type = 'quarter_list.submitted'
    ORDER BY latest_event('')
    LIMIT 1 BY unit, department, list_quarter, list
  )
)
WHERE list IN ('licence', 'dishonest') AND subject != '' AND key != '' AND toDate32OrNull(JSONExtractString(entry, 'decided_on')) IS NOT NULL
  AND unit IN (SELECT unit FROM ref('int_unit_duties') WHERE duty = 'entry')
