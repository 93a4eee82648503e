import type { Warehouse } from '../warehouse.ts';

export async function countEvents(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ events: number }>('SELECT count() AS events FROM events');
  return row?.events ?? 0;
}
