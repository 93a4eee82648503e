/*
name: record_publication
kind: measure
grain: one row per record that must be published
owner: models
description: >-
  Records entered that must be published, and whether and when they were, by the holder of the item’s duty; the clock starts with the entry or with the day the information was produced.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
  records: { type: texts, default: [], each: record_type }
  publish.types: { type: texts, default: [], each: record }
  publish.procedures: { type: texts, default: [general, summary, unknown], of: [general, summary, unknown] }
  publish.from: { type: choice, values: [produced, entry] }
duties: [entry]
lost: [not_published, published_late]
timed: ITEM.deadlineWorkdays
work: [record.published]
needs: [records, publish.types, publish.procedures]
columns:
  unit: unit id
  key: key of the record
  variant: what tells rows of one key and subject apart
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.variant AS variant, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT h.unit AS unit, r.key AS key, r.subject AS subject, concat(r.unit, ' ', r.class) AS variant, r.event_source AS event_source, r.event_id AS event_id,
    if(var_on('publish.from', r.produced_on) = 'entry', toDate32(assumeNotNull(r.entered_at)), r.produced_on) AS start, a.published_at AS happened
  FROM ref('int_records') AS r
  INNER JOIN ref('int_holders') AS h ON h.sender = r.unit
  LEFT JOIN ref('int_record_answers') AS a ON a.unit = r.unit AND a.class = r.class AND a.subject = r.subject AND a.key = r.key
  WHERE h.duty = var('ITEM.duties')[1] AND r.publish AND r.entered_at IS NOT NULL
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
