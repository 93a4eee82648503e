/** What many test files begin with is done once a run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { type Filling, temporaryWarehouse } from './testing.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-templates-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const filling = (name: string, base?: Filling) => {
  const done: string[] = [];
  const one: Filling = {
    name,
    ...(base ? { base } : {}),
    async fill(warehouse) {
      done.push(name);
      await warehouse.insert('events', [{ source: '/s', id: name, type: 't' }]);
    },
  };
  return { one, done };
};

/** Ids of the events in a warehouse that is filled so, closed again. */
async function idsIn(filled: Filling): Promise<string[]> {
  const temporary = await temporaryWarehouse({ filled });
  try {
    const rows = await temporary.reader.query<{ id: string }>('SELECT id FROM events ORDER BY id');
    return rows.map(({ id }) => id);
  } finally {
    await temporary.close();
  }
}

test('once for all who ask in one run, those at the same moment too; what it builds on as well', async () => {
  vi.stubEnv('HENGJIAN_TEST_TEMPLATES', directory);
  const below = filling('a');
  const above = filling('b', below.one);
  expect(await Promise.all([idsIn(above.one), idsIn(above.one)])).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
  expect(await idsIn(below.one)).toEqual(['a']);
  expect([below.done, above.done]).toEqual([['a'], ['b']]);
});

test('one that fails, fails for whoever makes it; outside of a run everybody fills their own', async () => {
  vi.stubEnv('HENGJIAN_TEST_TEMPLATES', directory);
  const failing: Filling = { name: 'c', fill: () => Promise.reject(new Error('no sample')) };
  await expect(idsIn(failing)).rejects.toThrow('no sample');
  await expect(idsIn(failing)).rejects.toThrow('no sample');
  vi.stubEnv('HENGJIAN_TEST_TEMPLATES', '');
  const { one, done } = filling('d', filling('e').one);
  expect([await idsIn(one), await idsIn(one)]).toEqual([
    ['d', 'e'],
    ['d', 'e'],
  ]);
  expect(done).toEqual(['d', 'd']);
});
