/*
name: record_attachment
kind: measure
grain: one row per record
owner: models
description: >-
  Records entered (attach.of = due - all records), and whether and when they were attached to their subject, by the holder of the item’s duty.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
  records: { type: texts, default: [], each: record_type }
  publish.types: { type: texts, default: [], each: record }
  publish.procedures: { type: texts, default: [general, summary, unknown], of: [general, summary, unknown] }
  attach.of: { type: choice, values: [entered, due] }
duties: [entry]
lost: [not_attached, attached_late]
timed: ITEM.deadlineWorkdays
work: [record.attached]
needs: [records]
columns:
  unit: unit id
  key: key of the record
  variant: what tells rows of one key and subject apart
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.variant AS variant, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT h.unit AS unit, r.key AS key, r.subject AS subject, concat(r.unit, ' ', r.class) AS variant, r.event_source AS event_source, r.event_id AS event_id,
    if(var_on('attach.of', r.produced_on) = 'entered', toDate32(assumeNotNull(r.entered_at)), r.produced_on) AS start, a.attached_at AS happened
  FROM ref('int_records') AS r
  INNER JOIN ref('int_holders') AS h ON h.sender = r.unit
  LEFT JOIN ref('int_record_answers') AS a ON a.unit = r.unit AND a.class = r.class AND a.subject = r.subject AND a.key = r.key
  WHERE h.duty = var('ITEM.duties')[1] AND (r.entered_at IS NOT NULL OR var_on('attach.of', r.produced_on) = 'due')
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
