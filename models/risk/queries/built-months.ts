import type { Warehouse } from '@hengjian/warehouse';

/** Months of which tiers were made, the latest first. */
export async function builtMonths(warehouse: Warehouse): Promise<string[]> {
  const rows = await warehouse.query<{ month: string }>(
    'SELECT DISTINCT toString(month) AS month FROM risk_builds ORDER BY month DESC',
  );
  return rows.map(({ month }) => month);
}
