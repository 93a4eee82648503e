import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Answer } from './answer.ts';
import { readAreaItems } from './area-figures.ts';
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
  /** Of an account that is limited to areas: the figures of items are what was lost in these. */
  areas?: string[];
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
  const ofAreas = scope.areas === 'all' ? undefined : await readAreaItems(warehouse, scope, quarter);
  const itemsOf = ({ unit, items }: UnitScore): ItemScore[] => {
    if (!seesUnit(scope, unit)) return [];
    return ofAreas ? ofAreas.filter((item) => item.unit === unit).map(({ unit: _, ...item }) => item) : items;
  };
  const units = scores.units
    // Totals are of the whole city: who is limited to areas sees them once they are published.
    .filter(({ unit }) => entry.status !== 'draft' || (seesUnit(scope, unit) && !ofAreas))
    .map((unit) => ({ ...unit, items: itemsOf(unit) }));
  return { ok: true, value: { ...scores, units, ...(scope.areas === 'all' ? {} : { areas: scope.areas }) } };
}

/** The items of a unit as far as the scope sees them; with area limits also of a draft, whose totals it does not see. */
export async function readItemScores(
  warehouse: Warehouse,
  scope: Scope,
  quarter: string,
  unit: string,
): Promise<Answer<ItemScore[]>> {
  if (!seesUnit(scope, unit))
    return {
      ok: false,
      reason: 'forbidden',
      detail: `This account may not see the details of ${JSON.stringify(unit)}.`,
    };
  const unknown = {
    ok: false,
    reason: 'unknown_unit',
    detail: `There is no unit ${JSON.stringify(unit)} in ${quarter}.`,
  } as const;
  if (scope.areas === 'all') {
    const scores = await readScores(warehouse, scope, quarter);
    if (!scores.ok) return scores;
    const found = scores.value.units.find((candidate) => candidate.unit === unit);
    return found ? { ok: true, value: found.items } : unknown;
  }
  if (!(await listQuarters(warehouse, scope)).some((entry) => entry.quarter === quarter))
    return { ok: false, reason: 'unknown_quarter', detail: `There are no scores for ${JSON.stringify(quarter)}.` };
  const items = (await readAreaItems(warehouse, scope, quarter)).filter((item) => item.unit === unit);
  return items.length === 0 ? unknown : { ok: true, value: items.map(({ unit: _, ...item }) => item) };
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
