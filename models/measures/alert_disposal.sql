/*
name: alert_disposal
kind: measure
grain: one row per alert
owner: models
description: >-
  Alerts of risk by the unit that first raised them, and whether somebody disposed of them.
parameters:
  ITEM.deadlineWorkdays: { type: workdays, default: null }
lost: [not_disposed, disposed_late]
timed: ITEM.deadlineWorkdays
work: [risk.alert_raised]
reads: [risk.alert_raised, risk.disposed, risk.alert_disposed]
columns:
  unit: unit id
  key: alert_id
*/
SELECT r.unit AS unit, r.key AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, d.due AS due, r.happened AS happened,
  toUInt8(r.happened IS NOT NULL) AS done, in_time(r.happened, d.due) AS on_time
FROM (
  SELECT r.unit AS unit, r.alert AS key, r.subject AS subject, r.event_source AS event_source, r.event_id AS event_id, r.start AS start, d.happened AS happened
  FROM (
    SELECT unit, assumeNotNull(fact_text(facts, 'alert_id')) AS alert, subject, toString(source) AS event_source, id AS event_id, event_day AS start
    FROM ref('int_unit_events')
    WHERE type = 'risk.alert_raised' AND fact_text(facts, 'alert_id') IS NOT NULL
    ORDER BY first_event('')
    LIMIT 1 BY alert
  ) AS r
  LEFT JOIN (
    SELECT assumeNotNull(fact_text(facts, 'alert_id')) AS alert, toNullable(min(time)) AS happened
    FROM ref('int_live_events') WHERE type IN ('risk.disposed', 'risk.alert_disposed') AND fact_text(facts, 'alert_id') IS NOT NULL GROUP BY alert
  ) AS d ON d.alert = r.alert
) AS r
INNER JOIN ref('int_item_deadlines') AS d ON d.unit = r.unit AND d.start = r.start
