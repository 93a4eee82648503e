import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openWarehouse } from '../open-warehouse.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '../testing.ts';
import type { Warehouse } from '../warehouse.ts';
import { backupWarehouse } from './backup-warehouse.ts';
import { restoreWarehouse } from './restore-warehouse.ts';

let temporary: TemporaryWarehouse;
let directory: string;
beforeAll(async () => {
  temporary = await temporaryWarehouse();
  directory = mkdtempSync(join(tmpdir(), 'hengjian-backup-'));
});
afterAll(async () => {
  await temporary.close();
  rmSync(directory, { recursive: true, force: true });
});

const event = (id: string) => ({
  source: '/s',
  id,
  type: 'login.succeeded',
  time: '2025-04-01 09:00:00.000000',
  department: 'scjg',
  data: '{"account":"a"}',
  recorded_at: '2025-04-01 09:00:01.000000',
});
const ids = async (warehouse: Warehouse) =>
  (await warehouse.query<{ id: string }>('SELECT id FROM events ORDER BY id')).map((row) => row.id);

describe.each(['embedded', 'by URL'] as const)('backup and restore, %s', (way) => {
  let warehouse: Warehouse;
  let serial = 0;
  const fresh = (ending = '.tar.gz') => {
    serial += 1;
    return join(directory, `${way.replace(' ', '-')}-${serial}${ending}`);
  };
  beforeAll(async () => {
    warehouse = way === 'embedded' ? temporary.warehouse : await openWarehouse({ url: temporary.url });
  });
  afterAll(async () => {
    if (way === 'by URL') await warehouse.close();
  });
  beforeEach(async () => {
    await warehouse.command('TRUNCATE TABLE events');
    await warehouse.insert('events', [event('1'), event('2')]);
  });

  test.each(['.tar.gz', '.tar', ''])(
    'to an archive or directory (%j), wiped, restored: the same rows',
    async (ending) => {
      const file = fresh(ending);
      const checksum = 'SELECT groupBitXor(cityHash64(tuple(*))) AS sum, count() AS n FROM events';
      const before = await warehouse.query(checksum);
      expect((await backupWarehouse(warehouse, file)).events).toBe(2);
      await warehouse.command('TRUNCATE TABLE events');
      expect(await restoreWarehouse(warehouse, file)).toMatchObject({ events: 2 });
      expect(await warehouse.query(checksum)).toEqual(before);
      // What was restored takes events as before.
      await warehouse.insert('events', [event('3')]);
      expect(await ids(warehouse)).toEqual(['1', '2', '3']);
    },
  );

  test('a warehouse that holds events is replaced only by force', async () => {
    const file = fresh();
    await backupWarehouse(warehouse, file);
    await warehouse.insert('events', [event('3')]);
    await expect(restoreWarehouse(warehouse, file)).rejects.toThrow(/holds 3 events; --force/);
    expect(await ids(warehouse)).toEqual(['1', '2', '3']);
    await restoreWarehouse(warehouse, file, { force: true });
    expect(await ids(warehouse)).toEqual(['1', '2']);
  });

  test('a broken backup leaves the warehouse as it was', async () => {
    const file = fresh();
    writeFileSync(file, 'not a tar archive');
    await expect(restoreWarehouse(warehouse, file, { force: true })).rejects.toThrow();
    await expect(restoreWarehouse(warehouse, fresh(), { force: true })).rejects.toThrow(/There is no backup at/);
    expect(await ids(warehouse)).toEqual(['1', '2']);
    const leftovers = await warehouse.query<{ name: string }>(
      "SELECT name FROM system.databases WHERE name LIKE '%restor%'",
    );
    expect(leftovers).toEqual([]);
  });

  test('an existing file is not overwritten, a wrong extension is refused', async () => {
    const file = fresh();
    await backupWarehouse(warehouse, file);
    await expect(backupWarehouse(warehouse, file)).rejects.toThrow(/exists already/);
    await expect(backupWarehouse(warehouse, fresh('.zip'))).rejects.toThrow(/\.tar\.gz/);
  });
});

test('a backup on this machine is readable by its owner only', async () => {
  const file = join(directory, 'private.tar');
  await backupWarehouse(temporary.warehouse, file);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a backup of a newer version is refused and nothing is changed', async () => {
  const file = join(directory, 'newer.tar');
  const { warehouse } = temporary;
  await warehouse.insert('migrations', [{ name: '9999_future.sql', checksum: '0'.repeat(64) }]);
  await backupWarehouse(warehouse, file);
  await warehouse.command("DELETE FROM migrations WHERE name = '9999_future.sql'");
  const before = await ids(warehouse);
  await expect(restoreWarehouse(warehouse, file, { force: true })).rejects.toThrow(/9999_future.sql/);
  expect(await ids(warehouse)).toEqual(before);
});
