/*
name: record_entry
kind: measure
grain: one row per record
owner: models
description: >-
  Records produced, and whether and when they were entered.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
  records: { type: texts, default: [], each: record_type }
  publish.types: { type: texts, default: [], each: record }
  publish.procedures: { type: texts, default: [general, summary, unknown], of: [general, summary, unknown] }
  entry.from: { type: day, default: null }
duties: [entry]
lost: [not_entered, entered_late]
timed: ITEM.deadlineWorkdays
work: [licence.entered, penalty.entered, dishonest.entered]
needs: [records]
columns:
  unit: unit id
  key: key of the record
  variant: what tells rows of one key and subject apart
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.class AS variant, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, if(r.undated, NULL, in_time(r.happened, d.due)) AS on_time
FROM (
  SELECT unit, key, subject, class, event_source, event_id, produced_on AS start, entered_at AS happened, undated
  FROM ref('int_records')
  WHERE ifNull(produced_on >= var('entry.from'), 1)
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
