/*
name: int_register_entries
kind: ephemeral
grain: one row per unit, register and document that should be entered
owner: models
description: Measures `licence` and `dishonest`. Due are the rows of the list and the entries decided in the quarter; done are those with an entry by the cut-off.
columns:
  unit: unit id
  key: document number, as the first entry writes it, else the list
*/
WITH
  entries AS (
    SELECT r.measure AS measure, toString(e.department) AS unit, e.subject AS subject, e.doc_no AS doc_no, folded_number(e.doc_no) AS doc_key, e.decided_on AS decided_on,
      toString(e.source) AS source, e.id AS id, e.time AS time, toUInt8(JSONExtractString(e.facts, 'time_from') = 'decision') AS undated
    FROM ref('int_live_events') AS e
    INNER JOIN ref('ruleset_registers') AS r ON r.type = e.type
    INNER JOIN ref('int_unit_duties') AS d ON d.unit = e.department AND d.duty = r.duty
    WHERE e.type IN ('licence.entered', 'penalty.entered', 'dishonest.entered')
      AND (e.decided_on BETWEEN var('quarter_start') AND var('quarter_end') OR folded_number(e.doc_no) IN (SELECT doc_key FROM ref('int_list_rows')))
  ),
  documents AS (
    SELECT measure, unit, subject, doc_key,
      if(max(is_entry) = 1, first_if(doc_no, is_entry = 1), min(doc_no)) AS shown_no,
      max(is_row) AS listed, max(is_decided) AS in_quarter, max(is_entry) AS entered,
      minIf(time, is_entry = 1) AS first_time, first_if(undated, is_entry = 1) AS first_undated, first_if((source, id), is_entry = 1) AS entry,
      anyIf(source, is_row = 1) AS list_source, anyIf(id, is_row = 1) AS list_id, min(decided_on) AS first_decision
    FROM (
      SELECT measure, unit, subject, doc_no, doc_key, decided_on, 1 AS is_row, 0 AS is_decided, 0 AS is_entry, list_source AS source, list_id AS id, toDateTime64(0, 6, 'Asia/Shanghai') AS time, toUInt8(0) AS undated
      FROM ref('int_list_rows')
      UNION ALL
      SELECT measure, unit, subject, doc_no, doc_key, decided_on, 0, toUInt8(ifNull(decided_on BETWEEN var('quarter_start') AND var('quarter_end'), 0)), 1, source, id, time, undated
      FROM entries
    )
    GROUP BY measure, unit, subject, doc_key
  )
SELECT
  e.measure AS measure, e.unit AS unit, e.shown_no AS key, e.subject AS subject,
  if(e.entered = 1, e.entry.1, e.list_source) AS event_source, if(e.entered = 1, e.entry.2, e.list_id) AS event_id,
  d.due AS due, if(e.entered = 1, toNullable(e.first_time), NULL) AS happened,
  toUInt8(e.entered) AS done,
  -- An entry of which only the day of the decision is known is neither late nor in time.
  if(e.entered = 1 AND e.first_undated, NULL, toUInt8(e.entered = 1 AND ifNull(toDate32(e.first_time) <= d.due, 1))) AS on_time
FROM documents AS e
LEFT JOIN (SELECT unit, start, due FROM ref('int_deadlines') WHERE workdays = var_on('register.deadlineWorkdays', start)) AS d ON d.unit = e.unit AND d.start = e.first_decision
WHERE multiIf(var('due.source') = 'list', e.listed = 1, var('due.source') = 'platform', e.in_quarter = 1, e.listed = 1 OR e.in_quarter = 1)
