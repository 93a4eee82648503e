/*
name: int_marks
kind: ephemeral
grain: one row per unit and item with a valid mark
owner: models
description: Latest `mark.awarded` of the quarter by the cut-off. A mark outside 0 … its maximum, without reason or approver does not count.
reads: [mark.awarded]
columns:
  unit: unit id
  item: item
  points6: points in millionths
  event_source: source of the mark
  event_id: its id
*/
WITH allowed AS (
  SELECT item, max(points) AS most FROM ref('ruleset_parts') WHERE takes_mark != '' GROUP BY item
)
SELECT unit, item, micro(latest_of(points)) AS points6,
  latest_of(source) AS event_source, latest_of(mark_id) AS event_id
FROM (
  SELECT JSONExtractString(facts, 'unit') AS unit, JSONExtractString(facts, 'item') AS item,
    assumeNotNull(toDecimal128OrNull(JSONExtractRaw(facts, 'points'), 6)) AS points, time, id, toString(source) AS source, id AS mark_id
  FROM ref('int_live_events')
  WHERE type = 'mark.awarded' AND JSONExtractString(facts, 'quarter') = var('quarter')
    AND toDecimal128OrNull(JSONExtractRaw(facts, 'points'), 6) IS NOT NULL
    AND trimBoth(JSONExtractString(facts, 'reason')) != '' AND trimBoth(JSONExtractString(facts, 'approver')) != ''
) AS m
INNER JOIN allowed AS a ON a.item = m.item
WHERE m.points >= 0 AND m.points <= a.most
GROUP BY unit, item
