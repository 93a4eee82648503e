/*
description: The mark that gave less than full points; without one, that nothing was there to be done.
*/
SELECT unit, item, lost_mark AS lost, item AS key, mark_source AS event_source, mark_id AS event_id, clause, toNullable(loss) AS points
FROM ref('int_part_losses')
WHERE kind = 'mark_or_ratio' AND by_mark AND loss > 0
UNION ALL
SELECT unit, item, lost_none AS lost, '1/1' AS key, '' AS event_source, '' AS event_id, clause, toNullable(loss) AS points
FROM ref('int_part_losses')
WHERE kind = 'mark_or_ratio' AND NOT by_mark AND due = 0
