import type { Scope } from '@hengjian/contract/scope.ts';
import { funnel } from '@hengjian/models/queries/funnel.ts';
import { readRows } from '@hengjian/models/queries/statement.ts';
import type { Params, Warehouse } from '@hengjian/warehouse';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FigureWatch } from './figure-watch.ts';
import { keepFigures } from './keep-figures.ts';
import { VersionedStore } from './versioned-store.ts';

/** A warehouse of one table whose answer tells the question; `version` stands for what refreshes and publications wrote. */
function open(mostBytes?: number) {
  const state = {
    version: '1',
    now: 0,
    away: false,
    asked: 0,
    checked: 0,
    hold: undefined as Promise<void> | undefined,
  };
  const gone = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const warehouse = {
    async query(sql: string, params: Params) {
      if (state.away) throw gone();
      if (sql.includes('FROM refreshes')) {
        state.checked++;
        return [{ version: state.version, closed: ['R 2025Q1'] }];
      }
      state.asked++;
      await state.hold;
      if (sql === 'broken') throw new Error('broken');
      return [{ sql, ...params, version: state.version }];
    },
    async arrow(sql: string) {
      state.asked++;
      return new TextEncoder().encode(sql + state.version);
    },
  } as unknown as Warehouse;
  const watch = new FigureWatch(warehouse, () => state.now);
  return {
    state,
    watch,
    figures: keepFigures(warehouse, watch, mostBytes === undefined ? undefined : new VersionedStore(mostBytes)),
  };
}

test('a question is put once, as rows and as Arrow, and its answer kept', async () => {
  const { state, figures } = open();
  const first = await figures.query('a', { x: 1 });
  expect(await figures.query('a', { x: 1 })).toBe(first);
  expect(state.asked).toBe(1);
  expect(await figures.query('a', { x: 2 })).toEqual([{ sql: 'a', x: 2, version: '1' }]);
  const bytes = await figures.arrow('a', { x: 1 });
  expect(new TextDecoder().decode(bytes)).toBe('a1');
  expect(await figures.arrow('a', { x: 1 })).toBe(bytes);
  expect(state.asked).toBe(3);
});

test('the same question, asked by many at once, is put once', async () => {
  const { state, figures } = open();
  let release = () => {};
  state.hold = new Promise((resolve) => {
    release = resolve;
  });
  const asked = Array.from({ length: 50 }, () => figures.query('a'));
  await expect.poll(() => state.asked).toBe(1);
  release();
  const answers = await Promise.all(asked);
  expect(new Set(answers).size).toBe(1);
  expect([state.asked, state.checked]).toEqual([1, 1]);
});

test('after a refresh nothing of before is served, once the last look is a second old', async () => {
  const { state, watch, figures } = open();
  await figures.query('a');
  state.version = '2';
  state.now = 1_001;
  expect(await figures.query('a')).toEqual([{ sql: 'a', version: '2' }]);
  state.version = '3';
  watch.expire();
  expect(await figures.query('a')).toEqual([{ sql: 'a', version: '3' }]);
});

test('what was made before a refresh may be shown for less than two seconds after it, and not once readers are told of it', async () => {
  const { state, watch } = open();
  const before = async () => (await watch.state()).before;
  state.now = 5_000;
  expect(await before()).toBeUndefined();
  state.now = 5_200;
  await watch.state();
  // The last question that found version 1 was put at 5,000: the refresh ended after that.
  state.version = '2';
  state.now = 6_001;
  expect(await before()).toBe('1');
  state.now = 6_799;
  expect(await before()).toBe('1');
  state.now = 6_800;
  expect(await before()).toBeUndefined();
  state.version = '3';
  state.now = 9_000;
  expect(await before()).toBeUndefined();
  state.version = '4';
  state.now = 10_001;
  expect(await before()).toBe('3');
  watch.expire();
  expect(await before()).toBeUndefined();
});

test('from a quarter of a second on it is asked whether answers hold, and nobody waits for that', async () => {
  const { state, figures } = open();
  await figures.query('a');
  state.version = '2';
  state.now = 250;
  await figures.query('a');
  expect(state.checked).toBe(1);
  state.now = 251;
  expect(await figures.query('a')).toEqual([{ sql: 'a', version: '1' }]);
  expect(state.checked).toBe(2);
  expect(await figures.query('a')).toEqual([{ sql: 'a', version: '2' }]);
});

test('an answer that was under way when the refresh ended is not kept', async () => {
  const { state, figures } = open();
  let release = () => {};
  state.hold = new Promise((resolve) => {
    release = resolve;
  });
  const early = figures.query('a');
  await expect.poll(() => state.asked).toBe(1);
  state.version = '2';
  state.now = 1_001;
  const late = figures.query('a');
  await expect.poll(() => state.asked).toBe(2);
  release();
  await Promise.all([early, late]);
  state.hold = undefined;
  const kept = await late;
  expect(await figures.query('a')).toBe(kept);
});

test('errors are not kept', async () => {
  const { state, figures } = open();
  await expect(figures.query('broken')).rejects.toThrow('broken');
  await expect(figures.query('broken')).rejects.toThrow('broken');
  expect(state.asked).toBe(2);
});

test('what is kept stays within its bytes: the least used goes first, an answer too large is not kept', async () => {
  const { state, figures } = open(8_000);
  const long = 'x'.repeat(300);
  for (let n = 0; n < 20; n++) await figures.query(long, { n });
  await figures.query(long, { n: 19 });
  expect(state.asked).toBe(20);
  await figures.query(long, { n: 0 });
  expect(state.asked).toBe(21);
  const huge = 'y'.repeat(2_000);
  await figures.query(huge);
  await figures.query(huge);
  expect(state.asked).toBe(23);
});

test('a reader cannot change what the next one is given', async () => {
  const { figures } = open();
  const rows = await figures.query<{ sql: string }>('a');
  expect(() => rows.push({ sql: 'b' })).toThrow(TypeError);
  expect(() => {
    rows[0]!.sql = 'b';
  }).toThrow(TypeError);
});

test('while the warehouse is away closed periods stay readable, drafts do not; afterwards all is asked anew', async () => {
  const { state, figures } = open();
  const closed = await figures.query('a', { ruleset: 'R', quarter: '2025Q1' });
  const before = await figures.query('a', { ruleset: 'R', quarter: '2024Q4' });
  const list = await figures.query('quarters', { ruleset: 'R' });
  const drafts = ['2025Q2', '2025-12', '2024-12', '2025'];
  for (const quarter of drafts) await figures.query('a', { ruleset: 'R', quarter });
  state.away = true;
  state.now = 60_000;
  expect(await figures.query('a', { ruleset: 'R', quarter: '2025Q1' })).toBe(closed);
  expect(await figures.query('a', { ruleset: 'R', quarter: '2024Q4' })).toBe(before);
  expect(await figures.query('quarters', { ruleset: 'R' })).toBe(list);
  for (const quarter of drafts)
    await expect(figures.query('a', { ruleset: 'R', quarter })).rejects.toThrow('ECONNREFUSED');
  await expect(figures.query('a', { ruleset: 'other', quarter: '2025Q1' })).rejects.toThrow('ECONNREFUSED');
  state.away = false;
  state.version = '2';
  state.now = 120_000;
  expect(await figures.query('a', { ruleset: 'R', quarter: '2025Q1' })).toMatchObject([{ version: '2' }]);
});

test('an answer of one scope never reaches another, in every order of askers, warm and cold', async () => {
  const scope = fc.record<Scope>({
    account: fc.constantFrom('a', 'b'),
    roles: fc.subarray(['office', 'unit', 'admin']),
    units: fc.oneof(fc.constant('all' as const), fc.subarray(['scjg', 'czj', 'gaj'])),
    areas: fc.oneof(fc.constant('all' as const), fc.subarray(['320671001', '320671002'])),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(scope, { minLength: 2, maxLength: 12 }), async (askers) => {
      const { figures } = open();
      for (const asker of [...askers, ...askers]) {
        const statement = funnel(asker, { ruleset: 'R', quarter: '2025Q1', on: '2025-04-01', unit: '' });
        // The warehouse repeats the question: SQL and every parameter, in which the scope is.
        expect(await readRows(figures, statement)).toEqual([{ sql: statement.sql, ...statement.params, version: '1' }]);
      }
    }),
    { numRuns: 200 },
  );
});
