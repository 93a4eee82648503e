import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { MICRO } from '../indicators/load-indicators.ts';
import { designWeights } from '../maps/design-weights.ts';
import { industrySection } from '../maps/industry-section.ts';
import { readVisitProbabilities, type VisitProbabilities, visitKey } from '../maps/read-drawn-visits.ts';
import { type RiskAnswer, refuse, tierAreas } from './risk-answer.ts';

/** A past inspection with what was known of its subject at the end of the month before. */
export interface PastInspection {
  id: string;
  inspected_on: string;
  subject: string;
  kind: string;
  area: string;
  industry: string;
  /** Index in points, and tiers. */
  index: number;
  tier: string;
  given_tier: string;
  /** Inspections of the subject in the months before that were made, and how many of them found something. */
  past_inspections: number;
  past_found: number;
  found: number;
  /** GB/T 4754 section letter, '' where unknown. */
  section: string;
  /**
   * By which the row is weighted, at most 1. `realised`: inspections of the tier over all months / subjects that stood in it at the ends of
   * the months before. `record`: within a draw as its exact inclusion probabilities, the draw as a whole as by the realised ones.
   */
  probability: number;
  probability_of: 'record' | 'realised';
}

/**
 * Inspections of the given months, each of which and the month before must have been built. Subjects that were not in the register a
 * month before are left out: nothing was said of them that could be tested.
 *
 * @param months pairs of a month and the one before it
 */
export async function readInspections(
  warehouse: Warehouse,
  scope: Scope,
  months: readonly { month: string; before: string }[],
): Promise<RiskAnswer<PastInspection[]>> {
  const areas = tierAreas(scope);
  if (!areas) return refuse('forbidden', 'Risk tiers are seen by the office and auditors only.');
  const live = '(month, build) IN (SELECT month, max(build) FROM risk_builds GROUP BY month)';
  const params = {
    months: months.map(({ month }) => month),
    before: months.map(({ before }) => before),
    everywhere: Number(areas === 'all'),
    areas: areas === 'all' ? [] : areas,
  };
  const rows = await warehouse.query<Omit<PastInspection, 'probability' | 'probability_of'> & { task: string }>(
    `SELECT concat(i.source, ' ', i.id) AS id, toString(i.day) AS inspected_on, i.subject AS subject, t.kind AS kind, t.area AS area,
       t.industry AS industry, t.points / ${MICRO} AS index, t.tier AS tier, toString(t.given_tier) AS given_tier,
       toUInt32(countIf(p.subject != '')) AS past_inspections, toUInt32(sum(p.found)) AS past_found, any(i.found) AS found,
       ${industrySection('toString(t.industry)')} AS section, any(i.task_id) AS task
     FROM (
       SELECT *, transform(toString(month), {months:Array(String)}, {before:Array(String)}, '') AS month_before
       FROM risk_inspections WHERE has({months:Array(String)}, toString(month)) AND ${live}
     ) AS i
     INNER JOIN (
       SELECT * FROM risk_tiers WHERE has({before:Array(String)}, toString(month)) AND ${live}
         AND ({everywhere:UInt8} OR has({areas:Array(String)}, toString(area)))
     ) AS t ON t.subject = i.subject AND toString(t.month) = i.month_before
     LEFT JOIN (SELECT subject, month, found FROM risk_inspections WHERE ${live}) AS p ON p.subject = i.subject AND p.month < i.month
     GROUP BY i.source, i.id, i.day, i.subject, t.kind, t.area, t.industry, t.points, t.tier, t.given_tier
     ORDER BY inspected_on, id`,
    params,
    { join_use_nulls: 0 },
  );
  const stood = await warehouse.query<{ tier: string; subjects: number }>(
    `SELECT toString(tier) AS tier, count() AS subjects FROM risk_tiers WHERE has({before:Array(String)}, toString(month)) AND ${live}
       AND ({everywhere:UInt8} OR has({areas:Array(String)}, toString(area))) GROUP BY tier`,
    params,
  );
  const inspected = Map.groupBy(rows, ({ tier }) => tier);
  const realised = new Map(stood.map(({ tier, subjects }) => [tier, (inspected.get(tier)?.length ?? 0) / subjects]));
  return { ok: true, value: withProbabilities(rows, realised, await readVisitProbabilities(warehouse)) };
}

function withProbabilities<Row extends { task: string; subject: string; tier: string }>(
  rows: readonly Row[],
  realised: ReadonlyMap<string, number>,
  exact: VisitProbabilities,
): (Omit<Row, 'task'> & Pick<PastInspection, 'probability' | 'probability_of'>)[] {
  const drawn = rows.flatMap((row) => {
    const pi = exact.get(visitKey(row.task, row.subject));
    return pi === undefined ? [] : [{ row, task: row.task, pi, n: 1, realised: 1 / realised.get(row.tier)! }];
  });
  const weights = designWeights(drawn);
  const byRecord = new Map(drawn.map(({ row }, k) => [row, 1 / weights[k]!]));
  return rows.map((row) => {
    const { task: _, ...shown } = row;
    const probability = Math.min(1, byRecord.get(row) ?? realised.get(row.tier)!);
    return { ...shown, probability, probability_of: byRecord.has(row) ? 'record' : 'realised' };
  });
}
