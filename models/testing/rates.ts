/** For tests: the figures of a quarter under a rule set of rates, as the marts hold them, by unit and item. */
import type { Warehouse } from '@hengjian/warehouse';
import type { RateItemResult, RateLost, RateUnitResult } from './oracle/rates-oracle.ts';

/** Units in the order of the rule set; lost rows in the order of their text. */
export async function ratesOf(warehouse: Warehouse, quarter: string): Promise<RateUnitResult[]> {
  const units = await warehouse.query<{ unit: string }>(
    'SELECT unit FROM mart_unit_scores WHERE quarter = {quarter:String} ORDER BY ord',
    { quarter },
  );
  const items = await warehouse.query<Omit<RateItemResult, 'lost'> & { unit: string }>(
    `SELECT unit, item, numerator, denominator, on_time, rank, badges
     FROM mart_item_scores WHERE quarter = {quarter:String} ORDER BY unit, ord`,
    { quarter },
  );
  const lost = await warehouse.query<RateLost & { unit: string; item: string }>(
    `SELECT unit, item, kind, key, subject, toString(due) AS due
     FROM mart_lost_points WHERE quarter = {quarter:String}`,
    { quarter },
  );
  return units.map(({ unit }) => ({
    unit,
    items: items
      .filter((item) => item.unit === unit)
      .map(({ unit: _, ...item }) => ({
        ...item,
        lost: inOrder(
          lost
            .filter((row) => row.unit === unit && row.item === item.item)
            .map(({ kind, key, subject, due }) => ({ kind, key, subject, due })),
        ),
      })),
  }));
}

export function inOrder(lost: readonly RateLost[]): RateLost[] {
  return lost.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
