/*
name: login
kind: measure
grain: one row per unit and day on which it should log in
owner: models
description: E = workdays of the quarter on the unit's calendar, L = those with a log-in.
parameters:
  login.dayBasis: { type: choice, values: [workday, calendar] }
lost: [missed_login_day]
timed: false
work: [login.succeeded]
reads: [login.succeeded]
narrow: { by: unit_day, rows: "concat(unit, ' ', key)" }
columns:
  unit: unit id
  key: the day
*/
SELECT
  d.unit AS unit, toString(d.day) AS key, '' AS subject,
  ifNull(l.first_source, '') AS event_source, ifNull(l.first_id, '') AS event_id,
  toNullable(d.day) AS due, l.first_time AS happened,
  toUInt8(l.unit IS NOT NULL) AS done, done AS on_time
FROM ref('int_unit_days') AS d
LEFT JOIN (
  SELECT toString(department) AS unit, event_day AS day, toNullable(min(time)) AS first_time, first_of(toString(source)) AS first_source, first_of(id) AS first_id
  FROM ref('int_live_events')
  WHERE type = 'login.succeeded' AND event_day BETWEEN var('quarter_start') AND var('quarter_end')
  GROUP BY unit, day
) AS l ON l.unit = d.unit AND l.day = d.day
WHERE d.day BETWEEN var('quarter_start') AND var('quarter_end')
  AND if(var('login.dayBasis') = 'calendar', NOT d.outage, d.workday)
