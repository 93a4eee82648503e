/*
name: int_record_entries
kind: ephemeral
grain: one row per event that enters a record
owner: models
description: >-
  Entries of rulesets.md §2 - events of a type of `records` with a day of decision, of a unit with the duty entry.
columns:
  unit: unit of the entry
  type: event type
  class: licence, dishonest, else the type
  subject: USCC
  key: document, else case, else id of the event
  decided_on: day the information was produced
  publish: 0 if it is said not to be published
  procedure: of a penalty
  valid_to: last day of validity, of a licence
  undated: 1 if its time is the day of the decision, so that nobody knows when it was entered
*/
SELECT unit, toString(type) AS type, multiIf(type = 'licence.entered', 'licence', type IN ('penalty.entered', 'dishonest.entered'), 'dishonest', toString(type)) AS class,
  subject, multiIf(doc != '', doc, case_id != '', case_id, id) AS key, assumeNotNull(decision) AS decided_on, publish, procedure, valid_to, undated, time, event_day, id, source
FROM (
  SELECT unit, type, subject, time, event_day, id, toString(source) AS source,
    doc_no AS doc,
    ifNull(fact_text(facts, 'case_id'), '') AS case_id,
    decided_on AS decision,
    toUInt8(NOT (JSONHas(facts, 'publish') AND NOT JSONExtractBool(facts, 'publish'))) AS publish,
    if(type = 'penalty.entered', JSONExtractString(facts, 'procedure'), '') AS procedure,
    if(type = 'licence.entered', toDate32OrNull(JSONExtractString(facts, 'valid_to')), NULL) AS valid_to,
    toUInt8(JSONExtractString(facts, 'time_from') = 'decision') AS undated
  FROM ref('int_unit_events')
  WHERE has(var('records'), toString(type))
)
WHERE decision IS NOT NULL AND unit IN (SELECT unit FROM ref('int_unit_duties') WHERE duty = 'entry')
