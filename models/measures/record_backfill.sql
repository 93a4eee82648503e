/*
name: record_backfill
kind: measure
grain: one row per record produced in the window
owner: models
description: >-
  The stock of old records as of the cut-off, in every quarter, and whether and when they were entered.
parameters:
  records: { type: texts, default: [], each: record_type }
  publish.types: { type: texts, default: [], each: record }
  publish.procedures: { type: texts, default: [general, summary, unknown], of: [general, summary, unknown] }
  backfill.from: { type: day, default: null }
  backfill.to: { type: day, default: null }
  backfill.due: { type: day, default: null }
  backfill.otherClasses: { type: texts, default: [], each: record_class }
  backfill.otherFrom: { type: day, default: null }
  backfill.validFrom: { type: day, default: null }
duties: [entry]
lost: [not_entered, entered_late]
timed: backfill.due
needs: [records]
columns:
  unit: unit id
  key: key of the record
  variant: what tells rows of one key and subject apart
*/
SELECT unit, key, subject, class AS variant, event_source, event_id, CAST(var('backfill.due'), 'Nullable(Date32)') AS due, entered_at AS happened,
  toUInt8(entered_at IS NOT NULL) AS done, if(undated, NULL, in_time(entered_at, due)) AS on_time
FROM ref('int_records')
WHERE ifNull(produced_on <= var('backfill.to'), 1)
  AND if(has(var('backfill.otherClasses'), class), ifNull(produced_on >= var('backfill.otherFrom'), 1), ifNull(produced_on >= var('backfill.from'), 1))
  AND ifNull(valid_to >= var('backfill.validFrom'), 1)
