import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { listQuarters, type QuarterEntry } from './list-quarters.ts';
import { seesUnit } from './read-scores.ts';

export interface UnitQuarter {
  quarter: string;
  status: QuarterEntry['status'];
  rank: number;
  total: number;
  items: { item: string; weight: number; points: number }[];
}

/** A unit's own past, oldest quarter first; nothing outside the scope's units. */
export async function readUnitHistory(warehouse: Warehouse, scope: Scope, unit: string): Promise<UnitQuarter[]> {
  if (!seesUnit(scope, unit)) return [];
  const [quarters, totals, items] = await Promise.all([
    listQuarters(warehouse, scope),
    warehouse.query<{ quarter: string; rank: number; total: number }>(
      `SELECT quarter, rank, total FROM shown_unit_scores WHERE unit = {unit:String} ORDER BY quarter`,
      { unit },
    ),
    warehouse.query<{ quarter: string; item: string; weight: number; points: number }>(
      `SELECT quarter, item, weight, points FROM shown_item_scores WHERE unit = {unit:String}`,
      { unit },
    ),
  ]);
  const status = new Map(quarters.map((entry) => [entry.quarter, entry.status]));
  const byQuarter = Map.groupBy(items, (item) => item.quarter);
  return totals.flatMap(({ quarter, rank, total }) => {
    const known = status.get(quarter);
    // Totals are of the whole city; whoever is limited to areas sees them once they are published.
    if (!known || (known === 'draft' && scope.areas !== 'all')) return [];
    const own = (scope.areas === 'all' ? (byQuarter.get(quarter) ?? []) : []).map(({ quarter: _, ...item }) => item);
    return [{ quarter, status: known, rank, total, items: own }];
  });
}
