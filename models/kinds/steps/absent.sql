/*
description: The mark that gave less than full points, or each thing that is missing up to the highest step (n/N for the n-th of N).
*/
SELECT unit, item, lost_mark AS lost, item AS key, mark_source AS event_source, mark_id AS event_id, clause, toNullable(loss) AS points
FROM ref('int_part_losses')
WHERE kind = 'steps' AND by_mark AND loss > 0
UNION ALL
SELECT unit, item, lost_missed AS lost, concat(toString(done + n), '/', toString(last_step)) AS key, '' AS event_source, '' AS event_id, clause,
  toNullable(loss / (last_step - done)) AS points
FROM (
  SELECT *, arrayMax(step -> JSONExtractInt(step, 1), JSONExtractArrayRaw(options, 'steps')) AS last_step,
    arrayJoin(range(toUInt32(1), toUInt32(greatest(last_step - done, 0)) + 1)) AS n
  FROM ref('int_part_losses')
  WHERE kind = 'steps' AND NOT by_mark
)
