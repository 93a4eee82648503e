/** For tests: the scores of a quarter as the marts hold them, by unit and item. */
import type { Warehouse } from '@hengjian/warehouse';

export interface MartUnit {
  unit: string;
  rank: number;
  total: string;
  items: {
    item: string;
    weight: string;
    points: string;
    numerator: number | null;
    denominator: number | null;
    onTime: number | null;
  }[];
}

export async function marts(warehouse: Warehouse, quarter: string): Promise<MartUnit[]> {
  const units = await warehouse.query<Omit<MartUnit, 'items'>>(
    'SELECT unit, rank, total_exact AS total FROM mart_unit_scores WHERE quarter = {quarter:String} ORDER BY unit',
    { quarter },
  );
  const items = await warehouse.query<MartUnit['items'][number] & { unit: string }>(
    `SELECT unit, item, weight_exact AS weight, points_exact AS points, numerator, denominator, on_time AS onTime
     FROM mart_item_scores WHERE quarter = {quarter:String} ORDER BY unit, item`,
    { quarter },
  );
  return units.map((unit) => ({
    ...unit,
    items: items.filter((item) => item.unit === unit.unit).map(({ unit: _, ...item }) => item),
  }));
}
