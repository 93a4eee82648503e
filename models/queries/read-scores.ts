import type { Warehouse } from '@hengjian/warehouse';
import type { Answer } from './answer.ts';
import { listQuarters, type QuarterEntry } from './list-quarters.ts';
import type { Scope } from './scope.ts';

export interface ItemScore {
  item: string;
  weight: number;
  points: number;
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

/** Units whose items the scope may see in full. */
export function seesUnit(scope: Scope, unit: string): boolean {
  return scope.units === 'all' || scope.units.includes(unit);
}

/** The scores of a quarter in rank order. Of units outside the scope only rank and total, and those only once published. */
export async function readScores(warehouse: Warehouse, scope: Scope, quarter: string): Promise<Answer<Scores>> {
  const entry = (await listQuarters(warehouse, scope)).find((candidate) => candidate.quarter === quarter);
  if (!entry)
    return { ok: false, reason: 'unknown_quarter', detail: `There are no scores for ${JSON.stringify(quarter)}.` };
  const [units, items] = await Promise.all([
    warehouse.query<Omit<UnitScore, 'items'>>(
      `SELECT unit, unit_name AS name, rank, total FROM mart_unit_scores WHERE quarter = {quarter:String} ORDER BY rank, unit`,
      { quarter },
    ),
    warehouse.query<ItemScore & { unit: string }>(
      `SELECT unit, item, weight, points, numerator, denominator, on_time, badges FROM mart_item_scores WHERE quarter = {quarter:String}`,
      { quarter },
    ),
  ]);
  const byUnit = Map.groupBy(items, (item) => item.unit);
  return {
    ok: true,
    value: {
      quarter,
      ruleset: { id: entry.ruleset.id, version: entry.ruleset.version },
      status: entry.status,
      as_of: entry.as_of,
      cutoff: entry.cutoff,
      units: units
        .filter(({ unit }) => seesUnit(scope, unit) || entry.status !== 'draft')
        .map((unit) => ({
          ...unit,
          items: seesUnit(scope, unit.unit) ? (byUnit.get(unit.unit) ?? []).map(({ unit: _, ...item }) => item) : [],
        })),
    },
  };
}
