import { setTimeout as pause } from 'node:timers/promises';
import type { Params, Warehouse } from '../warehouse.ts';

/** The engine drops a silent insert after 10 s (warehouse.insertNative). */
const WAIT_MS = 30_000;

/**
 * Ends inserts that began before somebody else took over, and waits until they have ended: what is read afterwards is final.
 * @param running a query of their query_id
 * @throws Error with `failure` if one does not end
 */
export async function endInserts(
  warehouse: Warehouse,
  running: string,
  params: Params,
  failure: string,
): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const found = await warehouse.query<{ query_id: string }>(running, params);
    if (found.length === 0) return;
    for (const { query_id } of found)
      await warehouse.command('KILL QUERY WHERE query_id = {query_id:String} ASYNC', { query_id });
    if (Date.now() > deadline) throw new Error(failure);
    await pause(100);
  }
}
