/**
 * One refresh at a time over all processes that share the warehouse. Creating a table succeeds for one of them only;
 * its comment says until when the holder is trusted to be alive.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from '@hengjian/warehouse';

const TABLE = 'refresh_lock';
const LEASE_MS = 60_000;

/** Waits for its turn, runs `job`, and lets go. @throws when `waitMs` pass without a turn. */
export async function withRefreshLock<T>(warehouse: Warehouse, job: () => Promise<T>, waitMs = 600_000): Promise<T> {
  const owner = randomUUID();
  const until = performance.now() + waitMs;
  while (!(await acquire(warehouse, owner))) {
    if (performance.now() > until) throw new Error('another refresh has been running for too long; try again later');
    await pause(100);
  }
  const beat = setInterval(() => void renew(warehouse, owner).catch(() => {}), LEASE_MS / 4);
  try {
    return await job();
  } finally {
    clearInterval(beat);
    await warehouse.command(`DROP TABLE IF EXISTS ${TABLE} SYNC`);
  }
}

const leaseOf = (owner: string) => `${owner} ${Date.now() + LEASE_MS}`;

async function renew(warehouse: Warehouse, owner: string): Promise<void> {
  await warehouse.command(`ALTER TABLE ${TABLE} MODIFY COMMENT '${leaseOf(owner)}'`);
}

async function acquire(warehouse: Warehouse, owner: string): Promise<boolean> {
  try {
    await warehouse.command(`CREATE TABLE ${TABLE} (x UInt8) ENGINE = Memory COMMENT '${leaseOf(owner)}'`);
    return true;
  } catch (error) {
    if ((error as { type?: string }).type !== 'TABLE_ALREADY_EXISTS') throw error;
  }
  const [held] = await warehouse.query<{ comment: string }>(
    `SELECT comment FROM system.tables WHERE database = currentDatabase() AND name = '${TABLE}'`,
  );
  const expires = Number(held?.comment.split(' ')[1] ?? Number.NaN);
  if (expires < Date.now()) {
    // The holder died. Renaming succeeds for one taker only; the next round of every waiter competes for the name.
    const stale = `${TABLE}_${owner.replaceAll('-', '')}`;
    try {
      await warehouse.command(`RENAME TABLE ${TABLE} TO ${stale}`);
      await warehouse.command(`DROP TABLE ${stale} SYNC`);
    } catch (error) {
      if ((error as { type?: string }).type !== 'UNKNOWN_TABLE') throw error;
    }
  }
  return false;
}
