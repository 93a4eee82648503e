/*
name: int_record_answers
kind: incremental
grain: one row per record that was attached or published
unique_key: [unit, class, subject, key]
owner: models
description: >-
  The first `record.attached` and `record.published` that name the key or an entry of a record, with its subject or without one.
reads: [record.attached, record.published]
columns:
  quarter: quarter of the build
  unit: unit of the record
  class: class
  subject: USCC
  key: key
  attached_at: when it was attached
  published_at: when it was published
*/
SELECT r.unit AS unit, r.class AS class, r.subject AS subject, r.key AS key,
  minOrNullIf(a.time, a.type = 'record.attached') AS attached_at, minOrNullIf(a.time, a.type = 'record.published') AS published_at
FROM (
  -- Ids are compared as they are, document numbers folded.
  SELECT unit, class, subject, key,
    arrayJoin(arrayDistinct(arrayPushBack(arrayMap(id -> (0, id), entry_ids), if(class IN ('licence', 'dishonest'), (1, folded_number(key)), (0, key))))) AS name
  FROM ref('int_records')
) AS r
INNER JOIN (
  SELECT type, time, subject, arrayJoin([(0, record_id), (1, folded_number(record_id))]) AS name
  FROM (
    SELECT type, time, subject, assumeNotNull(fact_text(facts, 'record_id')) AS record_id
    FROM ref('int_live_events')
    WHERE type IN ('record.attached', 'record.published') AND fact_text(facts, 'record_id') IS NOT NULL
  )
) AS a ON a.name = r.name
WHERE a.subject = '' OR a.subject = r.subject
GROUP BY r.unit, r.class, r.subject, r.key
