/** Parts run on, and start, while a backup is put in their warehouse's place: they see the one or the other, whole. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWarehouse } from '../open-warehouse.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '../testing.ts';
import type { Warehouse } from '../warehouse.ts';
import { backupWarehouse } from './backup-warehouse.ts';
import { restoreWarehouse } from './restore-warehouse.ts';

let temporary: TemporaryWarehouse;
let directory: string;
let file: string;

const event = (id: string) => ({ source: '/s', id, type: 't', recorded_at: '2025-04-01 09:00:01.000000' });
const key = (name: string) => ({ name, key_hash: name, changed_at: '2025-04-01 09:00:00.000000' });
const claim = (epoch: number, owner: string) => ({ topic: 't', part: 0, epoch, owner });
const HOLDER = "SELECT argMax(owner, (epoch, owner)) AS holder FROM partition_claims WHERE topic = 't' AND part = 0";

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  directory = mkdtempSync(join(tmpdir(), 'hengjian-restore-'));
  file = join(directory, 'copy.tar');
  const { warehouse } = temporary;
  await warehouse.insert('events', [event('1'), event('2')]);
  await warehouse.insert('ingest_key_changes', [key('one')]);
  await warehouse.insert('partition_claims', [claim(1, 'backup')]);
  await warehouse.command("CREATE VIEW published AS SELECT source, id FROM events COMMENT 'of a model'");
  await backupWarehouse(warehouse, file);
  await warehouse.insert('events', [event('3')]);
  await warehouse.insert('ingest_key_changes', [key('two'), key('three')]);
  await warehouse.insert('partition_claims', [claim(2, 'present')]);
});
afterAll(async () => {
  await temporary.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Asks again and again until `until` has ended; each answer that differs from the one before. */
async function answersOf(until: Promise<unknown>, ask: () => Promise<unknown>): Promise<unknown[]> {
  let ended = false;
  void until.catch(() => {}).finally(() => (ended = true));
  const all: unknown[] = [];
  for (let last = false; ; last = ended) {
    const answer = await ask();
    if (JSON.stringify(answer) !== JSON.stringify(all.at(-1))) all.push(answer);
    if (last) return all;
  }
}
const ask = (warehouse: Warehouse, sql: string) => async () =>
  Object.values((await warehouse.query<object>(sql))[0]!)[0];

test('whoever asks meanwhile sees the state before or the one after, and a claim of the backup never holds', async () => {
  const { warehouse, reader, url } = temporary;
  const restoring = restoreWarehouse(warehouse, file, { force: true });
  const starting = async () => {
    const opened = await openWarehouse({ url });
    await opened.close();
    return 'opened';
  };
  const seen = await Promise.all([
    answersOf(restoring, ask(warehouse, 'SELECT count() FROM ingest_key_changes')),
    answersOf(restoring, ask(warehouse, 'SELECT count() FROM events')),
    answersOf(restoring, ask(reader, 'SELECT count() FROM published')),
    answersOf(restoring, ask(warehouse, HOLDER)),
    answersOf(restoring, starting),
  ]);
  await restoring;
  expect(seen).toEqual([[3, 1], [3, 2], [3, 2], ['present', expect.stringMatching(/^restore\//)], ['opened']]);
});

test('no definition names the database under which it was restored, and nothing else is left', async () => {
  const { warehouse } = temporary;
  await restoreWarehouse(warehouse, file, { force: true });
  expect(
    await warehouse.query(
      "SELECT database, name FROM system.tables WHERE match(create_table_query, 'hengjian_[a-z]') OR database LIKE 'hengjian\\_%'",
    ),
  ).toEqual([]);
  expect(await warehouse.query("SELECT name FROM system.databases WHERE name LIKE 'hengjian%'")).toEqual([
    { name: 'hengjian' },
  ]);
  expect(
    await warehouse.query(
      "SELECT name, comment FROM system.tables WHERE database = 'hengjian' AND engine = 'View' ORDER BY name",
    ),
  ).toEqual([
    { name: 'live_builds', comment: '' },
    { name: 'published', comment: 'of a model' },
    { name: 'writers', comment: '' },
  ]);
  await warehouse.insert('events', [event('4')]);
  expect(await ask(warehouse, 'SELECT count() FROM published')()).toBe(3);
  expect(await warehouse.query('SELECT * FROM live_builds')).toEqual([]);
});

test('a backup of a database of another name: its views read the tables beside them', async () => {
  const { warehouse, url } = temporary;
  const other = await openWarehouse({ url: url.replace('/hengjian?', '/other?') });
  try {
    await expect(restoreWarehouse(other, file)).rejects.toThrow(/--from names another/);
    expect(await restoreWarehouse(other, file, { from: 'hengjian' })).toEqual({
      events: 2,
      takenAway: { accounts: [], changedAccounts: [], keys: [] },
    });
    await other.insert('events', [event('5'), event('6')]);
    expect(await ask(other, 'SELECT count() FROM published')()).toBe(4);
    expect(await ask(warehouse, 'SELECT count() FROM published')()).toBe(3);
  } finally {
    await other.drop();
    await other.close();
  }
});

test('a restore that was killed between its renames is undone by whoever starts next', async () => {
  const { warehouse, url } = temporary;
  const desk = await warehouse.scratch('desk');
  await desk.command('RENAME DATABASE hengjian TO hengjian_replaced');
  await desk.command('CREATE DATABASE hengjian_restored');
  await desk.drop();
  await desk.close();
  const opened = await Promise.all([openWarehouse({ url }), openWarehouse({ url })]);
  for (const one of opened) await one.close();
  expect(await ask(warehouse, 'SELECT count() FROM events')()).toBe(3);
  await restoreWarehouse(warehouse, file, { force: true });
  expect(await ask(warehouse, 'SELECT count() FROM events')()).toBe(2);
});
