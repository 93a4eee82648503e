/*
name: risk_reasons
kind: table
grain: one row per subject and indicator that speaks against it at the end of the month
unique_key: [subject, indicator]
owner: risk
description: >-
  Points of each indicator with the events behind it. An event fades evenly to nothing over the indicator's window; the sum stops at
  the cap. Indicators with a tier assign it directly and give no points.
columns:
  subject: USCC
  indicator: id of the indicator
  tier: tier it assigns directly, else empty
  points: millionths of a point that count
  uncapped: millionths of a point before the cap
  events: source, id, day and millionths of a point of each event, newest first
*/
WITH
  latest AS (
    SELECT subject, toString(type), max((time, id)) FROM ref('risk_live_events')
    WHERE type IN (SELECT event FROM source('risk_indicators') WHERE version_hash = var('indicators') AND latest = 1)
    GROUP BY subject, type
  ),
  -- Whatever a repair names, by the number of the document or the id of the event.
  repaired AS (SELECT subject, JSONExtractString(facts, 'record_id') FROM ref('risk_live_events') WHERE type = 'repair.approved')
SELECT subject, indicator, tier, least(any(cap), sum(given)) AS points, sum(given) AS uncapped,
  arrayReverseSort(one -> (one.3, one.1, one.2), groupArray(tuple(toString(source), id, day, given))) AS events
FROM (
  SELECT e.subject AS subject, i.indicator AS indicator, i.tier AS tier, i.cap AS cap, e.source AS source, e.id AS id, e.event_day AS day,
    dateDiff('day', e.event_day, var('as_of_day')) AS age,
    if(i.fades, intDiv(i.weight * (toInt64(i.window_days) - age), toInt64(i.window_days)), i.weight) AS given,
    -- Most indicators ask for no member, and then nothing is parsed.
    multiIf(empty(i.one_of) AND empty(i.starts_with), [], JSONType(e.facts, i.member) = 'Array',
      JSONExtract(e.facts, i.member, 'Array(String)'), [JSONExtractString(e.facts, i.member)]) AS stated,
    if(i.at_least IS NULL, 0, JSONExtractFloat(e.facts, i.member)) AS amount
  FROM (
    SELECT subject, source, id, type, time, event_day, doc_no, facts
    FROM ref('risk_live_events')
    WHERE type IN (SELECT event FROM source('risk_indicators') WHERE version_hash = var('indicators'))
  ) AS e
  INNER JOIN (SELECT * FROM source('risk_indicators') WHERE version_hash = var('indicators')) AS i ON e.type = i.event
  INNER JOIN (SELECT subject, at_address FROM ref('risk_subjects')) AS s ON s.subject = e.subject
  LEFT JOIN (
    SELECT subject, toString(type) AS type, max(time) AS cleared_at FROM ref('risk_live_events')
    WHERE type IN (SELECT cleared_by FROM source('risk_indicators') WHERE version_hash = var('indicators'))
    GROUP BY subject, type
  ) AS c ON c.subject = e.subject AND c.type = i.cleared_by
  WHERE (i.window_days = 0 OR age <= i.window_days)
    AND (i.latest = 0 OR (e.subject, toString(e.type), (e.time, e.id)) IN (SELECT * FROM latest))
    AND s.at_address >= i.same_address
    AND (empty(i.one_of) OR hasAny(i.one_of, stated))
    AND (empty(i.starts_with) OR arrayExists(text -> arrayExists(prefix -> startsWith(text, prefix), i.starts_with), stated))
    AND (i.at_least IS NULL OR amount >= i.at_least)
    AND NOT ifNull(c.cleared_at >= e.time, 0)
    AND NOT (i.repairable AND ((e.subject, e.doc_no) IN (SELECT * FROM repaired) OR (e.subject, e.id) IN (SELECT * FROM repaired)))
)
GROUP BY subject, indicator, tier
HAVING points > 0 OR tier != ''
