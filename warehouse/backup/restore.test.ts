/** What a restore leaves alone or takes away, besides the rows themselves. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TemporaryWarehouse, temporaryWarehouse } from '../testing.ts';
import { backupWarehouse } from './backup-warehouse.ts';
import { restoreWarehouse } from './restore-warehouse.ts';

let temporary: TemporaryWarehouse;
let directory: string;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  directory = mkdtempSync(join(tmpdir(), 'hengjian-restore-'));
});
afterAll(async () => {
  await temporary.close();
  rmSync(directory, { recursive: true, force: true });
});

test('each restore takes all partitions of the log away from the workers that claimed them', async () => {
  const { warehouse } = temporary;
  const file = (n: number) => join(directory, `claims-${n}.tar`);
  const holders = () =>
    warehouse.query(
      "SELECT part, startsWith(argMax(owner, (epoch, owner)), 'restore/') AS taken FROM partition_claims GROUP BY part ORDER BY part",
    );
  for (let round = 0; round < 4; round += 1) {
    const claims = [-1, 0, 1].map((part) => ({ topic: 't', part, epoch: 100 * (round + 1), owner: `2/${round}` }));
    await warehouse.insert('partition_claims', claims);
    await backupWarehouse(warehouse, file(round));
    await restoreWarehouse(warehouse, file(round), { force: true });
    expect(await holders()).toEqual([-1, 0, 1].map((part) => ({ part, taken: Number(part >= 0) })));
  }
});

test('what was taken away since the backup stays away: revoked keys, also those made anew, disabled accounts, and narrowed roles and scopes', async () => {
  const { warehouse } = temporary;
  const key = (name: string, key_hash: string, at: string, revoked = false) =>
    warehouse.insert('ingest_key_changes', [
      { name, key_hash, source: '', sources: [], units: [], may: [], revoked, changed_at: at },
    ]);
  const account = (name: string, at: string, now: object = {}) =>
    warehouse.insert('account_changes', [
      {
        ...{ name, roles: ['office', 'unit'], units: ['scjg', 'czj'], areas: ['350100'], disabled: false },
        ...{ changed_at: at, changed_by: 'test', ...now },
      },
    ]);
  for (const name of ['stays', 'revoked', 'anew']) await key(name, `${name}-1`, '2026-01-01 00:00:00.000000');
  const narrower = { roles: { roles: ['unit'] }, units: { units: ['czj'] }, areas: { areas: ['350102'] } };
  const accountNames = ['stays', 'ordered', 'leaves', ...Object.keys(narrower)];
  await account('was-off', '2026-01-01 00:00:00.000000', { disabled: true });
  for (const name of accountNames) await account(name, '2026-01-01 00:00:00.000000');
  const file = join(directory, 'before-taking-away.tar.gz');
  await backupWarehouse(warehouse, file);
  await key('revoked', '', '2026-01-02 00:00:00.000000', true);
  await key('anew', '', '2026-01-02 00:00:00.000000', true);
  await key('anew', 'anew-2', '2026-01-03 00:00:00.000000');
  await account('leaves', '2026-01-02 00:00:00.000000', { disabled: true });
  for (const [name, now] of Object.entries(narrower)) await account(name, '2026-01-02 00:00:00.000000', now);
  await account('ordered', '2026-01-02 00:00:00.000000', { roles: ['unit', 'office'], units: ['czj', 'scjg'] });
  await account('was-off', '2026-01-02 00:00:00.000000');
  const { takenAway } = await restoreWarehouse(warehouse, file, { force: true });
  expect(takenAway).toEqual({
    keys: ['anew', 'revoked'],
    accounts: ['leaves'],
    changedAccounts: ['areas', 'roles', 'units'],
  });
  const keys = await warehouse.query<{ name: string; hash: string; gone: boolean }>(
    `SELECT name, argMax(key_hash, changed_at) AS hash, argMax(revoked, changed_at) AS gone FROM ingest_key_changes
     WHERE name IN ('stays', 'revoked', 'anew') GROUP BY name ORDER BY name`,
  );
  expect(keys).toEqual([
    { name: 'anew', hash: 'anew-2', gone: false },
    { name: 'revoked', hash: '', gone: true },
    { name: 'stays', hash: 'stays-1', gone: false },
  ]);
  const accounts = await warehouse.query<{ name: string }>(
    'SELECT name, roles, units, areas, disabled FROM (SELECT * FROM account_changes ORDER BY changed_at DESC LIMIT 1 BY name) ORDER BY name',
  );
  const all = { roles: ['office', 'unit'], units: ['scjg', 'czj'], areas: ['350100'], disabled: false };
  expect(accounts).toEqual([
    { name: 'areas', ...all, ...narrower.areas },
    { name: 'leaves', ...all, disabled: true },
    { name: 'ordered', ...all },
    { name: 'roles', ...all, ...narrower.roles },
    { name: 'stays', ...all },
    { name: 'units', ...all, ...narrower.units },
    { name: 'was-off', ...all, disabled: true },
  ]);
});

const ids = async () =>
  (await temporary.warehouse.query<{ id: string }>('SELECT id FROM events ORDER BY id')).map((row) => row.id);

test('a restore that was killed half-way is undone by the next one', async () => {
  const { warehouse } = temporary;
  await warehouse.insert(
    'events',
    ['1', '2'].map((id) => ({
      source: '/s',
      id,
      type: 'login.succeeded',
      time: '2025-04-01 09:00:00.000000',
      department: 'scjg',
      data: '{"account":"a"}',
      recorded_at: '2025-04-01 09:00:01.000000',
    })),
  );
  const before = await ids();
  const file = join(directory, 'after-kill.tar');
  await backupWarehouse(warehouse, file);
  const desk = await warehouse.scratch('desk');
  await desk.command('RENAME DATABASE hengjian TO hengjian_before_restore');
  await desk.command('CREATE DATABASE hengjian');
  await desk.command('CREATE TABLE hengjian.events (id String) ENGINE = MergeTree ORDER BY id');
  await desk.drop();
  await desk.close();
  await expect(restoreWarehouse(warehouse, file)).rejects.toThrow(/--force/);
  expect(await ids()).toEqual(before);
  await restoreWarehouse(warehouse, file, { force: true });
  expect(await ids()).toEqual(before);
});
