import type { Scope } from '@hengjian/contract/scope.ts';
import { LIVE } from '../../draw/task/live-events.ts';
import { PLANNED_TASKS } from '../../draw/task/task-frame-sql.ts';
import { shownName } from '../shown-name.ts';
import type { Statement } from '../statement.ts';
import { NOW, taskCondition } from './draw-scope.ts';

/** More visits than this within twelve months are too many: published caps lie at one to four a year (domain.md §7 e-4). */
export const VISITS_A_YEAR = 2;

export interface OverInspected {
  subject: string;
  name: string;
  area: string;
  /** Visits of the twelve months before the day, those with a ground for exemption left out. */
  visits: number;
  exempt: number;
  units: string[];
  last_visit: string;
}

/**
 * Subjects that all departments together visited more often than `limit` times within the twelve months up to a day, worst first.
 * A joint visit of several departments for one task is one. Visits of a task that was drawn with one of the ten grounds for exemption are not counted (domain.md §7 e-4).
 */
export function overInspected(
  scope: Scope,
  { day, limit, rows }: { day: string; limit: number; rows: number },
): Statement<OverInspected> {
  const seen = taskCondition(scope, 'units');
  return {
    sql: `WITH ${LIVE},
  planned AS (${PLANNED_TASKS}),
  visits AS (
    SELECT DISTINCT subject, JSONExtractString(facts, 'task_id') AS task_id, CAST(department AS String) AS unit, toDate(time, 'Asia/Shanghai') AS day
    FROM live WHERE type = 'inspection.done' AND toDate(time, 'Asia/Shanghai') <= {day:Date}
      AND toDate(time, 'Asia/Shanghai') > toDate({day:Date}) - toIntervalMonth(12)),
  counted AS (
    SELECT subject, toUInt32(uniqExactIf(visits.task_id, planned.exemption = '')) AS visits, toUInt32(uniqExactIf(visits.task_id, planned.exemption != '')) AS exempt,
      arraySort(groupUniqArray(unit)) AS units, toString(max(day)) AS last_visit
    FROM visits LEFT JOIN planned ON planned.task_id = visits.task_id
    GROUP BY subject HAVING visits > {visit_limit:UInt32}),
  firms AS (
    SELECT subject, argMax((JSONExtractString(facts, 'name'), toString(region)), (time, recorded_at, id)) AS last
    FROM live WHERE type = 'entity.registered' AND subject IN (SELECT subject FROM counted) GROUP BY subject)
SELECT counted.subject AS subject, ${shownName(scope, 'counted.subject', 'firms.last.1')} AS name, firms.last.2 AS area, visits, exempt, units, last_visit
FROM counted LEFT JOIN firms ON firms.subject = counted.subject
WHERE ${seen.sql} ORDER BY visits DESC, subject LIMIT {rows:UInt32}`,
    params: { ...NOW, ...seen.params, day, visit_limit: limit, rows },
  };
}
