import type { Warehouse } from '@hengjian/warehouse';

/** The latest recording time in the warehouse (µs since 1970; 0 if it is empty): new ones follow it, also when the clock is set back. */
export async function lastRecorded(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ at: number }>(
    'SELECT toUnixTimestamp64Micro(max(recorded_at)) AS at FROM events',
  );
  return Math.max(0, row!.at);
}
