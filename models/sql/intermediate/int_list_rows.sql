/*
name: int_list_rows
kind: incremental
order_by: [unit, doc_no]
grain: one row per unit, register and document of the unit's latest quarterly list
owner: models
description: Rows of the latest `quarter_list.submitted` of the quarter, by the cut-off; an empty list is a zero report and takes the place of earlier ones.
reads: [quarter_list.submitted]
columns:
  measure: register
  unit: unit that reports
  subject: USCC
  doc_no: document number, as the list writes it
  doc_key: the number by which rows and entries are compared
  decided_on: day of the decision
*/
SELECT measure, unit, upper(JSONExtractString(entry, 'uscc')) AS subject, JSONExtractString(entry, 'doc_no') AS doc_no, folded_number(doc_no) AS doc_key,
  toDate32OrNull(JSONExtractString(entry, 'decided_on')) AS decided_on, list_source, list_id
FROM (
  SELECT unit, list, latest_of(toString(source)) AS list_source, latest_of(id) AS list_id,
    arrayJoin(JSONExtractArrayRaw(latest_of(facts), 'rows')) AS entry
  FROM (
    SELECT toString(department) AS unit, JSONExtractString(facts, 'kind') AS list, source, id, time, facts
    FROM ref('int_live_events')
    WHERE type = 'quarter_list.submitted' AND JSONExtractString(facts, 'quarter') = var('quarter')
  )
  GROUP BY unit, list
) AS l
INNER JOIN (SELECT DISTINCT measure, list FROM ref('ruleset_registers')) AS r ON r.list = l.list
