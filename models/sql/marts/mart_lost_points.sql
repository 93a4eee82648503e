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
  points: what it cost; null in a rule set of rates
  ord: place in the item's list
tests:
  - { name: sums to weight minus points, custom: "SELECT s.unit FROM ref('mart_item_scores') AS s LEFT JOIN (SELECT unit, item, sum(points) AS lost FROM this GROUP BY unit, item) AS l ON l.unit = s.unit AND l.item = s.item WHERE abs(ifNull(s.weight - s.points - ifNull(l.lost, 0), 0)) > 1e-9" }
  - { name: no gain, custom: "SELECT * FROM this WHERE points < 0" }
*/
WITH
  -- The ledger streams past the few costs. A row that stands for several things bears the loss of each that was not done.
  from_ledger AS (
    SELECT c.unit AS unit, c.item AS item, if(o.done, c.lost_late, c.lost_missed) AS kind, o.key AS key, o.subject AS subject, o.variant AS variant,
      o.event_source AS event_source, o.event_id AS event_id, o.due AS due, if(o.done, o.happened, NULL) AS happened, c.clause AS clause,
      if(o.done, c.late_points, c.missed_points * (o.amount - o.amount_done)) AS points
    FROM ref('int_obligations') AS o
    INNER JOIN ref('kind_losses') AS c ON c.unit = o.unit AND c.measure = o.measure
    WHERE if(o.done, c.counts_late AND NOT o.on_time, c.counts_missed)
  ),
  -- What no row of the ledger stands for: marks, and what should have been there and was not.
  from_absence AS (
    SELECT unit, item, lost AS kind, key, '' AS subject, '' AS variant, event_source, event_id, CAST(NULL, 'Nullable(Date32)') AS due,
      CAST(NULL, 'Nullable(DateTime64(6, \'Asia/Shanghai\'))') AS happened, clause, points
    FROM ref('kind_absences')
  )
SELECT *, toUInt32(row_number() OVER (PARTITION BY unit, item ORDER BY kind, due, key, subject)) AS ord
FROM (
  SELECT unit, item, kind, key, subject, any(event_source) AS event_source, any(event_id) AS event_id, any(due) AS due, any(happened) AS happened,
    any(clause) AS clause, sum(points) AS points
  FROM (
    SELECT * FROM from_ledger
    UNION ALL SELECT * FROM from_absence
  )
  GROUP BY unit, item, kind, key, subject, variant
)
