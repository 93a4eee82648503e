/**
 * One refresh at a time over all processes that share the warehouse. Creating a table succeeds for one of them only;
 * its comment says until when the holder is trusted to be alive.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from '@hengjian/warehouse';

const TABLE = 'refresh_lock';
/** A holder that was killed keeps the others waiting for this long. */
const LEASE_MS = 20_000;

/** Waits for its turn, runs `job`, and lets go. @throws when `waitMs` pass without a turn. */
export async function withRefreshLock<T>(warehouse: Warehouse, job: () => Promise<T>, waitMs = 600_000): Promise<T> {
  const owner = randomUUID();
  const until = performance.now() + waitMs;
  while (!(await acquire(warehouse, owner))) {
    if (performance.now() > until) throw new Error('another refresh has been running for too long; try again later');
    await pause(100);
  }
  const beat = setInterval(() => void renew(warehouse, owner).catch(() => {}), LEASE_MS / 5);
  try {
    return await job();
  } finally {
    clearInterval(beat);
    // What cannot be released (the engine is gone) expires; the job's own error is the one to report.
    await release(warehouse, owner).catch(() => {});
  }
}

async function release(warehouse: Warehouse, owner: string): Promise<void> {
  // A holder that was thought dead must not take the lock from its successor.
  if ((await heldBy(warehouse)) === owner) await warehouse.command(`DROP TABLE IF EXISTS ${TABLE} SYNC`);
}

const leaseOf = (owner: string) => `${owner} ${Date.now() + LEASE_MS}`;

async function renew(warehouse: Warehouse, owner: string): Promise<void> {
  if ((await heldBy(warehouse)) === owner)
    await warehouse.command(`ALTER TABLE ${TABLE} MODIFY COMMENT '${leaseOf(owner)}'`);
}

async function comment(warehouse: Warehouse): Promise<string> {
  const [held] = await warehouse.query<{ comment: string }>(
    `SELECT comment FROM system.tables WHERE database = currentDatabase() AND name = '${TABLE}'`,
  );
  return held?.comment ?? '';
}

async function heldBy(warehouse: Warehouse): Promise<string> {
  return (await comment(warehouse)).split(' ')[0] ?? '';
}

async function acquire(warehouse: Warehouse, owner: string): Promise<boolean> {
  try {
    await warehouse.command(`CREATE TABLE ${TABLE} (x UInt8) ENGINE = Memory COMMENT '${leaseOf(owner)}'`);
    return true;
  } catch (error) {
    if ((error as { type?: string }).type !== 'TABLE_ALREADY_EXISTS') throw error;
  }
  const expires = Number((await comment(warehouse)).split(' ')[1] ?? Number.NaN);
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
