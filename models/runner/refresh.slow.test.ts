/** A refresh after restores, and beside others that take its lease over. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupWarehouse, restoreWarehouse } from '@hengjian/warehouse';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadEvents } from '../testing/load-events.ts';
import { COUNT, countedLogins, login, smallProject } from '../testing/small-project.ts';
import { refresh } from './refresh.ts';
import { withRefreshLease } from './refresh-lease.ts';

describe('refresh', () => {
  let temporary: TemporaryWarehouse;
  const project = smallProject(COUNT);
  /** As of a process of another machine. */
  const otherRefresh = (step: 'admitted' | 'ended', secondsAgo: number) =>
    temporary.warehouse.command(
      `INSERT INTO leases (owner, kind, host, process, machine, step, since, at)
       SELECT toUUID('00000000-0000-0000-0000-000000000001'), 'refresh', 'elsewhere', 7, 'elsewhere', {step:String}, now64(6), now64(6) - toIntervalSecond({ago:UInt32})`,
      { step, ago: secondsAgo },
    );
  const counts = () => countedLogins(temporary.warehouse);
  beforeAll(async () => {
    temporary = await temporaryWarehouse();
    const months = ['02-10', '02-11', '05-12', '05-13'];
    await loadEvents(
      temporary.warehouse,
      months.map((day) => login(`2025-${day}T09:00:00+08:00`)),
    );
    await refresh(temporary.warehouse, project);
  });
  afterAll(() => temporary.close());

  /** The books of a warehouse that lost a batch: a dropped month, an older backup. */
  const unbalance = () =>
    temporary.warehouse.command('INSERT INTO recorded_batches SELECT now64(6), 1, 1, now64(6) FROM numbers(1)');

  it('starts it anew also after a restore, however often', async () => {
    const { warehouse } = temporary;
    const directory = mkdtempSync(join(tmpdir(), 'hengjian-refresh-'));
    try {
      for (let round = 0; round < 3; round += 1) {
        await unbalance();
        await refresh(warehouse, project);
        await backupWarehouse(warehouse, join(directory, `${round}.tar`));
        await restoreWarehouse(warehouse, join(directory, `${round}.tar`), { force: true });
        await unbalance();
        expect((await refresh(warehouse, project)).built).toEqual(['2025Q1', '2025Q2']);
        expect(await counts()).toEqual([{ '2025Q1': 2, '2025Q2': 2 }, 4]);
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });

  it('lets one refresh run at a time and takes over from a dead one', async () => {
    const { warehouse } = temporary;
    let inside = 0;
    const most: number[] = [];
    const job = async () => {
      most.push(++inside);
      await warehouse.query('SELECT sleep(0.1)');
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withRefreshLease(warehouse, job)));
    expect(most).toEqual([1, 1, 1]);
    await otherRefresh('admitted', 21);
    await withRefreshLease(warehouse, job);
    expect(most).toHaveLength(4);
    await otherRefresh('admitted', 0);
    await expect(withRefreshLease(warehouse, job, 300)).rejects.toThrow(
      /^A refresh \(host elsewhere, process 7, since .+\) has been computing for too long; try again later/,
    );
    await otherRefresh('ended', 0);
  });

  it('changes nothing once another refresh has taken over, in whatever step it is then', {
    timeout: 120_000,
  }, async () => {
    const { warehouse } = temporary;
    const tables = async () =>
      Promise.all(
        ['builds', 'refreshes', 'recorded_batches'].map((table) =>
          warehouse.query(`SELECT * FROM ${table} ORDER BY ALL`),
        ),
      );
    for (const step of [
      'INSERT INTO recorded_batches',
      'INSERT INTO `hengjian`.mart',
      'CREATE OR REPLACE VIEW',
      'builds',
    ]) {
      await loadEvents(warehouse, [login('2025-05-16T09:00:00+08:00')]);
      const before = await tables();
      const seen: string[] = [];
      const stall = async (what: string) => {
        if (seen.length === 0 && what.startsWith(step)) {
          seen.push(what);
          await otherRefresh('admitted', 0);
        }
      };
      const overtaken: typeof warehouse = {
        ...warehouse,
        command: (sql, ...rest) => stall(sql.trim()).then(() => warehouse.command(sql, ...rest)),
        insert: (table, ...rest) => stall(table).then(() => warehouse.insert(table, ...rest)),
      };
      const changed = smallProject(COUNT.replace('count()', `toUInt64(${step.length} - ${step.length} + count())`));
      await expect(refresh(overtaken, changed)).rejects.toThrow(/^Another refresh has taken over/);
      expect(seen).toHaveLength(1);
      await otherRefresh('ended', 0);
      const after = await tables();
      // Views are named last, when what they show is live.
      if (step === 'CREATE OR REPLACE VIEW') expect(after[0]!.length).toBeGreaterThan(before[0]!.length);
      else expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
      if (step.includes('recorded_batches')) expect(after).toEqual(before);
    }
    expect((await refresh(warehouse, project)).built).toContain('2025Q2');
    expect(await warehouse.query("SELECT name FROM system.tables WHERE name LIKE '%\\_\\_lease\\_%'")).toEqual([]);
  });
});
