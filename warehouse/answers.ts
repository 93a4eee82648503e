import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from './warehouse.ts';

/** Clients try again for longer than whoever asks for health waits; what is frozen keeps connections open and says nothing. */
const WITHIN_MS = 2_000;

/** Whether the warehouse answers within two seconds. */
export const answers = (warehouse: Pick<Warehouse, 'query'>): Promise<boolean> =>
  inTime(warehouse.query('SELECT 1').then(() => true));

/** What was asked; false when the answer is an error or takes longer than two seconds. */
export const inTime = (asked: Promise<boolean>): Promise<boolean> =>
  Promise.race([asked.catch(() => false), pause(WITHIN_MS, false, { ref: false })]);
