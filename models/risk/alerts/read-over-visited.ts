import { LIVE } from '../../draw/task/live-events.ts';
import { PLANNED_TASKS } from '../../draw/task/task-frame-sql.ts';
import { NOW } from '../../queries/draws/draw-scope.ts';
import type { Statement } from '../../queries/statement.ts';
import { industrySection } from '../maps/industry-section.ts';

export interface OverVisited {
  subject: string;
  area: string;
  industry: string;
  /** Visits within the twelve months that end with the month, those with a ground for exemption left out; latest first, a row for each department. */
  visits: { day: string; unit: string; task: string }[];
}

/**
 * Subjects visited in a month that all departments together have then visited more often than `limit` times within twelve months
 * (国办发〔2024〕54号; domain.md §7 e-4). A joint visit of several departments for
 * one task is one; a task that was drawn with one of the ten grounds for exemption does not count. Without a
 * scope: alerts are made of it, and who may read those is decided there.
 *
 * @param last last day of the month
 */
export function readOverVisited({
  first,
  last,
  limit,
}: {
  first: string;
  last: string;
  limit: number;
}): Statement<OverVisited> {
  return {
    sql: `WITH ${LIVE},
  planned AS (${PLANNED_TASKS}),
  visits AS (
    SELECT subject, JSONExtractString(facts, 'task_id') AS task_id, CAST(department AS String) AS unit, min(toDate(time, 'Asia/Shanghai')) AS day
    FROM live WHERE type = 'inspection.done' AND subject != '' GROUP BY subject, task_id, unit
    HAVING day BETWEEN toDate({last:Date}) - toIntervalMonth(12) + 1 AND {last:Date}),
  counted AS (
    SELECT subject, arrayReverseSort(groupArray((toString(day), unit, visits.task_id))) AS seen
    FROM visits LEFT JOIN planned ON planned.task_id = visits.task_id
    WHERE planned.exemption = '' GROUP BY subject HAVING uniqExact(visits.task_id) > {visit_limit:UInt32} AND max(day) >= {first:Date}),
  firms AS (
    SELECT subject, argMax((toString(region), upper(JSONExtractString(facts, 'industry'))), (time, recorded_at, id)) AS placed
    FROM live WHERE type = 'entity.registered' AND subject IN (SELECT subject FROM counted) GROUP BY subject)
SELECT counted.subject AS subject, firms.placed.1 AS area, ${industrySection('firms.placed.2')} AS industry,
  CAST(seen, 'Array(Tuple(day String, unit String, task String))') AS visits
FROM counted LEFT JOIN firms ON firms.subject = counted.subject ORDER BY length(seen) DESC, subject`,
    params: { ...NOW, first, last, visit_limit: limit },
  };
}
