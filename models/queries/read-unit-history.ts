import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { type PeriodType, parsePeriod } from '../calendar/period.ts';
import { listPeriods, type QuarterEntry } from './list-quarters.ts';
import { type ItemScore, seesUnit } from './read-scores.ts';

export interface UnitQuarter {
  quarter: string;
  status: QuarterEntry['status'];
  /** Null in a rule set of rates, like total, weight and points. */
  rank: number | null;
  total: number | null;
  items: Pick<ItemScore, 'item' | 'weight' | 'points' | 'numerator' | 'denominator' | 'on_time'>[];
}

/** A unit's own past in periods of one type, the oldest first; nothing outside the scope's units. */
export async function readUnitHistory(
  warehouse: Warehouse,
  scope: Scope,
  ruleset: string,
  unit: string,
  type: PeriodType = 'quarter',
): Promise<UnitQuarter[]> {
  if (!seesUnit(scope, unit)) return [];
  const [periods, totals, items] = await Promise.all([
    listPeriods(warehouse, scope, ruleset),
    warehouse.query<Pick<UnitQuarter, 'quarter' | 'rank' | 'total'>>(
      `SELECT quarter, rank, total FROM shown_unit_scores WHERE ruleset = {ruleset:String} AND unit = {unit:String} ORDER BY quarter`,
      { ruleset, unit },
    ),
    warehouse.query<UnitQuarter['items'][number] & { quarter: string }>(
      `SELECT quarter, item, weight, points, numerator, denominator, on_time FROM shown_item_scores WHERE ruleset = {ruleset:String} AND unit = {unit:String}`,
      { ruleset, unit },
    ),
  ]);
  const status = new Map(
    periods.filter(({ quarter }) => parsePeriod(quarter)?.type === type).map((entry) => [entry.quarter, entry.status]),
  );
  const byQuarter = Map.groupBy(items, (item) => item.quarter);
  return totals.flatMap(({ quarter, rank, total }) => {
    const known = status.get(quarter);
    // Totals are of the whole city; whoever is limited to areas sees them once they are published.
    if (!known || (known === 'draft' && scope.areas !== 'all')) return [];
    const own = (scope.areas === 'all' ? (byQuarter.get(quarter) ?? []) : []).map(({ quarter: _, ...item }) => item);
    return [{ quarter, status: known, rank, total, items: own }];
  });
}
