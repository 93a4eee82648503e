import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from './warehouse.ts';

const WITHIN_MS = 2_000;

/** Whether the warehouse answers within two seconds. A frozen one keeps connections open and says nothing. */
export function answers(warehouse: Pick<Warehouse, 'query'>): Promise<boolean> {
  const asked = warehouse.query('SELECT 1').then(
    () => true,
    () => false,
  );
  return Promise.race([asked, pause(WITHIN_MS, false, { ref: false })]);
}
