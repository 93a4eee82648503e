/*
name: licence_linkage
kind: measure
grain: one row per cancelled or revoked subject and unit with a licence of it
owner: models
description: >-
  The first cancellation and the first revocation of a subject, for each unit whose latest licence before has not ended, and whether and when the unit acted on it.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
  linkage.endKinds: { type: texts, default: [注销, 撤销, 撤回, 吊销] }
lost: [not_linked, linked_late]
timed: ITEM.deadlineWorkdays
work: [entity.cancelled, entity.revoked]
reads: [entity.cancelled, entity.revoked, licence.entered]
columns:
  unit: unit id
  key: id of the cancellation or revocation
  variant: what tells rows of one key and subject apart
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.variant AS variant, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, if(r.undated, NULL, in_time(r.happened, d.due)) AS on_time
FROM (
  SELECT t.unit AS unit, t.ended_id AS key, t.subject AS subject, t.variant AS variant, t.ended_source AS event_source, t.ended_id AS event_id, t.start AS start,
    earliest(t.acted_at, min(a.time)) AS happened,
    -- Of an entry of which only the day of the decision is known nobody can tell whether it was in time.
    toUInt8(t.undated AND t.acted_at IS NOT NULL AND ifNull(t.acted_at < min(a.time), 1)) AS undated
  FROM (
    SELECT l.unit AS unit, c.subject AS subject, c.ended_id AS ended_id, c.ended_source AS ended_source, c.variant AS variant, c.start AS start,
      minOrNullIf(l.time, l.time >= c.ended_at AND has(var('linkage.endKinds'), l.licence)) AS acted_at,
      first_if(l.undated, l.time >= c.ended_at AND has(var('linkage.endKinds'), l.licence)) AS undated
    FROM (
      SELECT concat(toString(type), ' ', toString(source)) AS variant, subject, time AS ended_at, id AS ended_id, toString(source) AS ended_source, event_day AS start
      FROM ref('int_live_events')
      WHERE type IN ('entity.cancelled', 'entity.revoked')
      ORDER BY first_event('')
      LIMIT 1 BY type, subject
    ) AS c
    INNER JOIN (
      SELECT unit, subject, time, id, toString(source) AS source, JSONExtractString(facts, 'kind') AS licence, toUInt8(JSONExtractString(facts, 'time_from') = 'decision') AS undated
      FROM ref('int_unit_events')
      WHERE type = 'licence.entered' AND unit != ''
    ) AS l ON l.subject = c.subject
    GROUP BY l.unit, c.subject, c.ended_id, c.ended_source, c.variant, c.start
    HAVING countIf(l.time < c.ended_at) > 0 AND NOT has(var('linkage.endKinds'), latest_if(l.licence, l.time < c.ended_at))
  ) AS t
  LEFT JOIN ref('int_linked_actions') AS a ON a.unit = t.unit AND a.subject = t.subject AND a.trigger_id = t.ended_id
  GROUP BY t.unit, t.ended_id, t.subject, t.variant, t.ended_source, t.start, t.acted_at, t.undated
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
