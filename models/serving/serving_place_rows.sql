/*
name: serving_place_rows
kind: incremental
grain: one row per unit, item and thing that counts, of the items that the rule set shows as tables
unique_key: [unit, item, key, subject, variant]
owner: charts
description: >-
  The rows of the ledger behind the tables of a rule set, with the place they belong to, so that the figures of a table can be followed from
  the unit to its areas, departments and single records. They add up to the item's n, N and t. A rule set without tables has none.
columns:
  quarter: quarter, month or year of the build
  unit: unit of the rule set
  item: item
  area: area code of the event that made it due, else empty
  department: department of that event, else empty
  key: push, document, task, case or what else the item counts
  subject: USCC, where one is concerned
  variant: what tells rows of one key and subject apart
  event_source: source of the event that made it due
  event_id: its id, empty where there is none
  due: last day in time, where there is a deadline
  happened: when it was done
  timed: 1 if the item has a deadline
  by_time: 1 if units are ranked by the share in time, 0 by the share done
  amount: how many things the row stands for
  done: how many of them were done
  on_time: how many were done in time
tests:
  - { name: adds up to the items, custom: "SELECT s.unit FROM ref('mart_item_scores') AS s INNER JOIN (SELECT unit, item, toFloat64(sum(amount)) AS due, toFloat64(sum(done)) AS all_done FROM this GROUP BY unit, item) AS l ON l.unit = s.unit AND l.item = s.item WHERE s.denominator != l.due OR s.numerator != l.all_done" }
*/
WITH
  shown AS (
    SELECT DISTINCT p.item AS item, p.measure AS measure, p.has_deadline AS timed, toUInt8(p.has_deadline AND var('rank.by') = 'on_time') AS by_time
    FROM ref('int_parts') AS p
    WHERE p.kind = 'rate' AND p.measure != '' AND p.item IN (SELECT arrayJoin(items) FROM ref('ruleset_tables'))
  ),
  counted AS (
    SELECT o.unit AS unit, s.item AS item, o.key AS key, o.subject AS subject, o.variant AS variant, o.event_source AS event_source,
      o.event_id AS event_id, o.due AS due, if(o.done, o.happened, NULL) AS happened, s.timed AS timed, s.by_time AS by_time, toUInt64(o.amount) AS amount,
      toUInt64(o.amount_done) AS done, if(o.done AND ifNull(o.on_time, s.timed AND o.due IS NULL), toUInt64(o.amount), 0) AS on_time
    FROM ref('int_obligations') AS o
    INNER JOIN shown AS s ON s.measure = o.measure
    -- A measure may count units that the item does not.
    WHERE cityHash64(o.key) % var('slices') = var('slice') AND (o.unit, s.item) IN (SELECT unit, item FROM ref('int_parts'))
  )
-- The events stream past the rows; where there are none they are not read at all.
SELECT c.unit AS unit, c.item AS item, toString(e.region) AS area, toString(e.department) AS department, c.key AS key, c.subject AS subject,
  c.variant AS variant, c.event_source AS event_source, c.event_id AS event_id, c.due AS due, c.happened AS happened, c.timed AS timed, c.by_time AS by_time,
  c.amount AS amount, c.done AS done, c.on_time AS on_time
FROM (SELECT toString(source) AS source, id, region, department FROM ref('int_live_events')) AS e
INNER JOIN counted AS c ON c.event_source = e.source AND c.event_id = e.id
UNION ALL
SELECT unit, item, '', '', key, subject, variant, event_source, event_id, due, happened, timed, by_time, amount, done, on_time
FROM counted
WHERE event_id = ''
