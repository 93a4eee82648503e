/** Which of the inspections in the cells of the map come from draws whose probabilities are exact. */
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { scopeCondition } from '../../queries/scope-condition.ts';
import { industrySection } from './industry-section.ts';
import { readVisitProbabilities, visitKey } from './read-drawn-visits.ts';

/** Part of a `FindingStratum`: those of its inspections that one draw took with one probability. */
export interface DrawnStratum {
  area: string;
  industry: string;
  /** At the end of the month before, as in the stratum. */
  tier: string;
  task: string;
  /** By the record, whose frame may have had the subject in another tier. */
  pi: number;
  inspected: number;
  found: number;
}

interface Visit {
  area: string;
  industry: string;
  tier: string;
  task: string;
  subject: string;
  found: number;
}

/** @param pairs of a month and the one before it, both built: as for `readFindingStrata` */
export async function readDrawnStrata(
  warehouse: Warehouse,
  scope: Scope,
  pairs: readonly { month: string; before: string }[],
): Promise<DrawnStratum[]> {
  const months = pairs.map(({ month }) => month);
  const rows = await warehouse.query<{ task: string }>(TASKS, { months });
  const tasks = rows.map(({ task }) => task);
  const probabilities = await readVisitProbabilities(warehouse, tasks);
  if (probabilities.size === 0) return [];
  const seen = scopeCondition(scope, 'risk_maps', { unit: "''", area: 'area' });
  const visits = await warehouse.query<Visit>(QUERY(seen.sql), {
    ...seen.params,
    tasks,
    months,
    before: pairs.map(({ before }) => before),
  });
  return drawnStrata(visits, (task, subject) => probabilities.get(visitKey(task, subject)));
}

function drawnStrata(
  visits: readonly Visit[],
  probabilityOf: (task: string, subject: string) => number | undefined,
): DrawnStratum[] {
  const strata = new Map<string, DrawnStratum>();
  for (const { subject, found, ...place } of visits) {
    const pi = probabilityOf(place.task, subject);
    if (pi === undefined) continue;
    const key = [place.area, place.industry, place.tier, place.task, pi].join('\t');
    const known = strata.get(key) ?? { ...place, pi, inspected: 0, found: 0 };
    strata.set(key, { ...known, inspected: known.inspected + 1, found: known.found + found });
  }
  return [...strata.values()];
}

const LIVE = '(month, build) IN (SELECT month, max(build) FROM risk_builds GROUP BY month)';

const TASKS = `SELECT DISTINCT task_id AS task FROM risk_inspections
  WHERE has({months:Array(String)}, toString(month)) AND task_id != '' AND ${LIVE} ORDER BY task`;

const QUERY = (
  seen: string,
) => `SELECT toString(t.area) AS area, ${industrySection('toString(t.industry)')} AS industry, toString(t.tier) AS tier,
  i.task_id AS task, i.subject AS subject, i.found AS found
FROM (
  SELECT toString(month) AS in_month, subject, task_id, found FROM risk_inspections
  WHERE has({months:Array(String)}, toString(month)) AND has({tasks:Array(String)}, task_id) AND ${LIVE}) AS i
INNER JOIN (
  SELECT transform(toString(month), {before:Array(String)}, {months:Array(String)}, '') AS next_month, subject, area, industry, tier
  FROM risk_tiers WHERE has({before:Array(String)}, toString(month)) AND ${LIVE} AND ${seen}) AS t
ON t.subject = i.subject AND t.next_month = i.in_month
ORDER BY area, industry, tier, task, subject`;
