import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Answer } from './answer.ts';
import { listQuarters, type QuarterEntry } from './list-quarters.ts';

export interface ItemScore {
  item: string;
  weight: number;
  points: number;
  /** Reduced fraction. */
  points_exact: string;
  numerator: number | null;
  denominator: number | null;
  on_time: number | null;
  badges: string[];
}

export interface UnitScore {
  unit: string;
  name: string;
  rank: number;
  total: number;
  /** Reduced fraction. */
  total_exact: string;
  items: ItemScore[];
}

/** Contract §3, `score --json`. */
export interface Scores {
  quarter: string;
  ruleset: { id: string; version: string };
  status: QuarterEntry['status'];
  as_of: string;
  cutoff: string | null;
  units: UnitScore[];
}

/** Units whose items the scope may see in full. A `unit` account without a list of units sees none. */
export function seesUnit(scope: Scope, unit: string): boolean {
  if (scope.units !== 'all') return scope.units.includes(unit);
  return scope.roles.some((role) => role === 'office' || role === 'leader' || role === 'auditor');
}

/** The scores of a quarter in rank order. Of units outside the scope only rank and total, and those only once published. */
export async function readScores(warehouse: Warehouse, scope: Scope, quarter: string): Promise<Answer<Scores>> {
  const entry = (await listQuarters(warehouse, scope)).find((candidate) => candidate.quarter === quarter);
  if (!entry)
    return { ok: false, reason: 'unknown_quarter', detail: `There are no scores for ${JSON.stringify(quarter)}.` };
  const scores = await assembleScores(warehouse, 'shown', entry);
  const units = scores.units
    .filter(({ unit }) => seesUnit(scope, unit) || entry.status !== 'draft')
    .map((unit) => (seesUnit(scope, unit.unit) ? unit : { ...unit, items: [] }));
  return { ok: true, value: { ...scores, units } };
}

/** All units of a quarter, from the shown scores or, in a what-if database, from the marts. */
export async function assembleScores(
  warehouse: Warehouse,
  source: 'shown' | 'mart',
  entry: Omit<QuarterEntry, 'ruleset'> & { ruleset: { id: string; version: string } },
): Promise<Scores> {
  const { quarter } = entry;
  const [units, items] = await Promise.all([
    warehouse.query<Omit<UnitScore, 'items'>>(
      `SELECT unit, unit_name AS name, rank, total, total_exact FROM ${source}_unit_scores WHERE quarter = {quarter:String} ORDER BY rank, ord`,
      { quarter },
    ),
    warehouse.query<ItemScore & { unit: string }>(
      `SELECT unit, item, weight, points, points_exact, numerator, denominator, on_time, badges FROM ${source}_item_scores WHERE quarter = {quarter:String} ORDER BY ord`,
      { quarter },
    ),
  ]);
  const byUnit = Map.groupBy(items, (item) => item.unit);
  return {
    quarter,
    ruleset: { id: entry.ruleset.id, version: entry.ruleset.version },
    status: entry.status,
    as_of: entry.as_of,
    cutoff: entry.cutoff,
    units: units.map((unit) => ({ ...unit, items: (byUnit.get(unit.unit) ?? []).map(({ unit: _, ...item }) => item) })),
  };
}
