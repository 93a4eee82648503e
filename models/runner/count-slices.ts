/**
 * In how many slices the large models of a quarter are built, one after the other: the memory of a build depends on the
 * size of a slice then, not on how much came into the quarter. A slice is the rows whose key hashes to it
 * (var('slices'), var('slice')); each reads the events once more, so there are not many.
 */
import type { Warehouse } from '@hengjian/warehouse';
import type { Period } from '../calendar/period.ts';

const EVENTS_PER_SLICE = 100_000;
const MOST = 8;

/** @param events the table of staged events */
export async function countSlices(warehouse: Warehouse, events: string, { start, end }: Period): Promise<number> {
  const [row] = await warehouse.query<{ n: number }>(
    `SELECT count() AS n FROM ${events} WHERE event_day BETWEEN {start:Date32} AND {end:Date32}`,
    { start, end },
  );
  return slicesFor(row!.n);
}

/** @param events of the quarter */
export function slicesFor(events: number): number {
  return Math.min(MOST, Math.max(1, Math.ceil(events / EVENTS_PER_SLICE)));
}
