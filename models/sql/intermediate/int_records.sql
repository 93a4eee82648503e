/*
name: int_records
kind: incremental
grain: one row per unit, class, subject and key
unique_key: [unit, class, subject, key]
owner: models
description: >-
  Records of rulesets.md §2 - what was entered, and what the lists say should be.
columns:
  quarter: quarter of the build
  unit: unit of the record
  class: licence, dishonest, else the type of the entry
  subject: USCC, empty without
  key: document, else case, else id of the event; documents are compared folded and shown as the first entry writes them
  produced_on: least day of its entries and rows
  entered_at: first entry; null if never entered
  event_source: source of the first entry, else of a list that has it
  event_id: its id
  entry_ids: ids of its entries
  publish: 1 if the first entry must be published
  valid_to: as the first entry says
  undated: 1 if nobody knows when the first entry was made
*/
SELECT unit, class, subject, if(max(entered), first_if(written, entered), min(written)) AS key, min(decided_on) AS produced_on, minOrNullIf(time, entered) AS entered_at,
  -- Rows of lists have no time: where no entry is, the least id.
  argMin(source, (1 - entered, time, id, source)) AS event_source, argMin(id, (1 - entered, time, id, source)) AS event_id,
  groupUniqArrayIf(id, entered) AS entry_ids,
  toUInt8(max(entered) AND first_if(must_publish, entered)) AS publish,
  first_if(tuple(valid_to), entered).1 AS valid_to,
  toUInt8(max(entered) AND first_if(undated, entered)) AS undated
FROM (
  SELECT unit, class, subject, key AS written, decided_on, time, id, source, valid_to, undated, toUInt8(1) AS entered,
    toUInt8(publish AND has(var('publish.types'), type) AND (type != 'penalty.entered' OR has(var('publish.procedures'), procedure))) AS must_publish
  FROM ref('int_record_entries')
  UNION ALL
  SELECT unit, class, subject, key AS written, decided_on, toDateTime64(0, 6, 'Asia/Shanghai') AS time, event_id AS id, event_source AS source,
    CAST(NULL, 'Nullable(Date32)') AS valid_to, toUInt8(0) AS undated, toUInt8(0) AS entered, toUInt8(0) AS must_publish
  FROM ref('int_record_rows')
)
GROUP BY unit, class, subject, if(class IN ('licence', 'dishonest'), folded_number(written), written)
