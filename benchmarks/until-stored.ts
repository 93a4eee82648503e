import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from '@hengjian/warehouse';

/** Seldom enough not to take part in what is measured. */
const EVERY_MS = 200;
const PATIENCE_MS = 120_000;

/**
 * Seconds since `started` (performance.now()) until the tables together hold `rows` rows.
 * @throws Error when nothing comes for two minutes
 */
export async function untilStored(
  warehouse: Warehouse,
  tables: readonly string[],
  rows: number,
  started: number,
): Promise<number> {
  const count = tables.map((table) => `(SELECT count() FROM ${table})`).join(' + ');
  let seen = -1;
  for (let lastGrowth = performance.now(); ; ) {
    const [row] = await warehouse.query<{ n: number }>(`SELECT ${count} AS n`);
    const now = row?.n ?? 0;
    if (now >= rows) return (performance.now() - started) / 1000;
    if (now > seen) {
      seen = now;
      lastGrowth = performance.now();
    } else if (performance.now() - lastGrowth > PATIENCE_MS)
      throw new Error(`${now} of ${rows} records after two minutes without any`);
    await pause(EVERY_MS);
  }
}
