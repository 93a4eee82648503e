import type { Warehouse } from '@hengjian/warehouse';

/** Which areas there are the events say: their codes, in order. */
export async function knownAreas(warehouse: Pick<Warehouse, 'query'>): Promise<string[]> {
  const rows = await warehouse.query<{ area: string }>(
    "SELECT DISTINCT CAST(region AS String) AS area FROM events WHERE region != '' ORDER BY area",
  );
  return rows.map(({ area }) => area);
}
