import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from '@hengjian/warehouse';
import { countRows } from '../peer-insert.ts';
import type { StepResult } from './step-result.ts';

/** Workers may still be reading when the last request is answered. */
const PATIENCE_MS = 60_000;

/**
 * Whether the warehouse holds every acknowledged event, as an event, a duplicate or a reject.
 * Of requests that were refused or failed some may have been stored too.
 * @returns what is missing, in a sentence; empty: nothing
 */
export async function checkBooks(warehouse: Warehouse, results: readonly StepResult[]): Promise<string[]> {
  const acknowledged = results.reduce((sum, { events }) => sum + events, 0);
  let rows = -1;
  for (let grown = performance.now(); performance.now() - grown < PATIENCE_MS; await pause(200)) {
    const counts = await Promise.all(['events', 'duplicates', 'rejects'].map((table) => countRows(warehouse, table)));
    const now = counts.reduce((sum, count) => sum + count, 0);
    if (now >= acknowledged) return [];
    if (now > rows) grown = performance.now();
    rows = now;
  }
  return [`${acknowledged - rows} of ${acknowledged} acknowledged events are not in the warehouse`];
}
