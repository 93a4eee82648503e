/*
name: mart_lost_points
kind: incremental
grain: one row per unit, item, kind and thing that counts against the unit
order_by: [unit, item, ord]
owner: models
description: >-
  Every push, document, day, meeting or case that counts against a unit, with what it cost. The rows of an item sum to weight − points;
  the loss of one cause is spread evenly over its rows, deductions cut off at zero in proportion. Rows that cost nothing because a threshold was met have 0.
columns:
  quarter: quarter
  ruleset: rule set id
  unit: unit id
  item: item
  kind: cause
  key: push, document, day, meeting, obligation, task, case or check; n/N for the n-th of N that are missing
  subject: USCC, where one is concerned
  event_source: source of the event
  event_id: its id; empty where nothing happened
  due: last day in time
  happened: when it was done, if it was
  clause: clause that sets the deadline or the rule
  points: what it cost
  ord: place in the item's list
tests:
  - { name: sums to weight minus points, custom: "SELECT s.unit FROM ref('mart_item_scores') AS s LEFT JOIN (SELECT unit, item, sum(points) AS lost FROM this GROUP BY unit, item) AS l ON l.unit = s.unit AND l.item = s.item WHERE abs(s.weight - s.points - ifNull(l.lost, 0)) > 1e-9" }
  - { name: no gain, custom: "SELECT * FROM this WHERE points < 0" }
*/
WITH
  losses AS (
    SELECT *, toFloat64(full_num * den - num * full_den) / (toFloat64(full_den) * toFloat64(den)) AS loss,
      -- Which rows bear the loss of the part, and how many they are.
      multiIf(
        kind IN ('ratio', 'ratio_full', 'checklist'), due - done,
        kind = 'mark_or_ratio' AND NOT by_mark, due - done,
        kind = 'timely' AND var('timely.of') = 'due' AND done > 0, due - on_time,
        kind = 'timely' AND done > 0, done - on_time,
        kind = 'timely', due,
        0) AS bearers,
      kind = 'timely' AND done > 0 AS late_bears,
      kind != 'timely' OR done = 0 OR var('timely.of') = 'due' AS missed_bears
    FROM ref('int_part_scores')
    WHERE cityHash64(unit, item) % var('slices') = var('slice')
  ),
  -- What one row of the ledger costs where it is late, and where it is missed.
  costs AS (
    SELECT unit, item, measure, clause, lost_late, lost_missed, kind = 'timely' AS counts_late, 1 AS counts_missed,
      if(late_bears AND bearers > 0, loss / bearers, 0) AS late_points, if(missed_bears AND bearers > 0, loss / bearers, 0) AS missed_points
    FROM losses
    WHERE kind IN ('ratio', 'ratio_full', 'checklist', 'timely', 'mark_or_ratio') AND NOT by_mark
    UNION ALL
    SELECT s.unit, s.item, d.measure, s.clause, d.lost, d.lost, d.state = 'late', d.state != 'late',
      toFloat64(d.points) * 1e6 / toFloat64(s.deducted6) * s.loss AS late_points, late_points AS missed_points
    FROM losses AS s
    INNER JOIN ref('ruleset_deductions') AS d ON d.item = s.item AND d.part = s.part
    WHERE s.kind = 'deductions' AND s.deducted6 > 0
  ),
  -- The ledger streams past the few costs.
  from_ledger AS (
    SELECT c.unit AS unit, c.item AS item, if(o.done, c.lost_late, c.lost_missed) AS kind, o.key AS key, o.subject AS subject,
      o.event_source AS event_source, o.event_id AS event_id, o.due AS due, if(o.done, o.happened, NULL) AS happened, c.clause AS clause,
      if(o.done, c.late_points, c.missed_points) AS points
    FROM ref('int_obligations') AS o
    INNER JOIN costs AS c ON c.unit = o.unit AND c.measure = o.measure
    WHERE if(o.done, c.counts_late AND NOT o.on_time, c.counts_missed)
  ),
  from_marks AS (
    SELECT unit, item, lost_mark AS kind, item AS key, '' AS subject, mark_source AS event_source, mark_id AS event_id,
      CAST(NULL, 'Nullable(Date32)') AS due, CAST(NULL, 'Nullable(DateTime64(6, \'Asia/Shanghai\'))') AS happened, clause, loss AS points
    FROM losses
    WHERE by_mark AND loss > 0
  ),
  -- What should have been there and was not: cases, draws.
  from_absence AS (
    SELECT unit, item, if(part_kind = 'mark_or_ratio', lost_none, lost_missed) AS kind,
      if(part_kind = 'mark_or_ratio', '1/1', concat(toString(done + n), '/', toString(last_step))) AS key, '' AS subject, '' AS event_source, '' AS event_id,
      CAST(NULL, 'Nullable(Date32)') AS due, CAST(NULL, 'Nullable(DateTime64(6, \'Asia/Shanghai\'))') AS happened, clause,
      loss / if(part_kind = 'mark_or_ratio', 1, last_step - done) AS points
    FROM (
      SELECT * EXCEPT (kind, due), kind AS part_kind, arrayJoin(range(toUInt32(1), toUInt32(if(kind = 'mark_or_ratio', 1, last_step - done) + 1))) AS n
      FROM losses
      WHERE NOT by_mark AND ((kind = 'steps' AND done < last_step) OR (kind = 'mark_or_ratio' AND due = 0))
    )
  )
SELECT var('ruleset_id') AS ruleset, *, toUInt32(row_number() OVER (PARTITION BY unit, item ORDER BY kind, due, key, subject)) AS ord
FROM (
  SELECT unit, item, kind, key, subject, any(event_source) AS event_source, any(event_id) AS event_id, any(due) AS due, any(happened) AS happened,
    any(clause) AS clause, sum(points) AS points
  FROM (
    SELECT * FROM from_ledger
    UNION ALL SELECT * FROM from_marks
    UNION ALL SELECT * FROM from_absence
  )
  GROUP BY unit, item, kind, key, subject
)
