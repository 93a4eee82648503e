import { createHash } from 'node:crypto';
import { EVERYTHING, type Scope } from '@hengjian/contract/scope.ts';
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadProject } from '../../runner/project.ts';
import { refresh } from '../../runner/refresh.ts';
import { loadEvents, type TestEvent } from '../../testing/load-events.ts';
import { readBatches, readRows } from '../statement.ts';
import { everyReconciledRow, reconciledCounts, reconciledRows, sampledRows } from './reconciled-rows.ts';

const A = '91320100MA1XYWG030';
const B = '91320600MA1DEM015E';
const C = '91320671MA20DEM26Y';
const { ruleSet } = loadProject();
const everything = { unit: '', list: '', state: '' };
const page = { limit: 100, offset: 0 };
let temporary: TemporaryWarehouse;
let serial = 0;
const event = (type: string, data: Record<string, unknown>, more: Partial<TestEvent> = {}): TestEvent => ({
  source: 'test://reconcile',
  id: `r${serial++}`,
  type,
  time: '2025-06-20T10:00:00+08:00',
  department: 'czj',
  data,
  ...more,
});
const licence = (doc_no: string, decided_on: string, subject = A, department = 'czj') =>
  event('licence.entered', { doc_no, decided_on, kind: 'x' }, { subject, department });
const row = (doc_no: string, decided_on: string, uscc = A) => ({ uscc, doc_no, decided_on });

beforeAll(async () => {
  temporary = await temporaryWarehouse();
  await loadEvents(temporary.warehouse, [
    event('quarter_list.submitted', {
      quarter: '2025Q2',
      kind: 'licence',
      rows: [
        row('许可〔2025〕1号', '2025-04-10'),
        row('2', '2025-04-11'),
        row('3', '2025-04-12'),
        row('5', '2025-05-05', B),
      ],
    }),
    // The same document, in other brackets.
    licence('许可[2025]1号', '2025-04-10'),
    licence('2', '2025-04-15'),
    licence('4', '2025-05-01'),
    licence('5', '2025-05-05', A),
    licence('9', '2025-05-05', A, 'scjg'),
    event(
      'registration.pushed',
      { push_id: 'P1', bucket: 'licensed', matters: [] },
      { subject: C, time: '2025-04-20T09:00:00+08:00' },
    ),
    event('push.claimed', { push_id: 'P1' }, { time: '2025-04-21T09:00:00+08:00' }),
    event(
      'push.outcome_fed_back',
      { push_id: 'P1', outcome: 'licensed', decided_on: '2025-04-28' },
      { time: '2025-04-29T09:00:00+08:00' },
    ),
    event(
      'registration.pushed',
      { push_id: 'P2', bucket: 'licensed', matters: [] },
      { subject: B, time: '2025-04-20T09:00:00+08:00' },
    ),
    event('push.claimed', { push_id: 'P2' }, { time: '2025-04-21T09:00:00+08:00' }),
    event(
      'push.outcome_fed_back',
      { push_id: 'P2', outcome: 'refused', decided_on: '2025-04-28' },
      { time: '2025-04-29T09:00:00+08:00' },
    ),
  ]);
  await refresh(temporary.warehouse, loadProject(), { quarters: ['2025Q2'] });
}, 600_000);
afterAll(() => temporary?.close());

const read = (scope: Scope, filter = everything) =>
  readRows(temporary.warehouse, reconciledRows(scope, ruleSet, '2025Q2', filter, page));

test('each document is in the list, on the platform, in both, or both differ; a push tells of one that is nowhere', async () => {
  const rows = await read(EVERYTHING);
  expect(rows.map(({ unit, state, key, subject, others }) => [unit, state, key, subject, others])).toEqual([
    ['czj', 'differing', '2', A, []],
    ['czj', 'differing', '5', A, [B]],
    ['czj', 'differing', '5', B, [A]],
    ['czj', 'list_only', '3', A, []],
    ['czj', 'platform_only', '4', A, []],
    ['scjg', 'platform_only', '9', A, []],
    ['czj', 'push_only', 'P1', C, []],
    ['czj', 'same', '许可[2025]1号', A, []],
  ]);
  expect(rows[0]).toMatchObject({ listed_on: '2025-04-11', entered_on: '2025-04-15', pushed_on: null });
  expect(rows[6]).toMatchObject({ listed_on: null, entered_on: null, pushed_on: '2025-04-28' });
  const counts = await readRows(temporary.warehouse, reconciledCounts(EVERYTHING, ruleSet, '2025Q2'));
  expect(counts).toEqual([
    {
      unit: 'czj',
      list: 'licence',
      listed: 4,
      entered: 4,
      both: 2,
      differing: 3,
      list_only: 1,
      platform_only: 1,
      push_only: 1,
    },
    {
      unit: 'scjg',
      list: 'licence',
      listed: 0,
      entered: 1,
      both: 0,
      differing: 0,
      list_only: 0,
      platform_only: 1,
      push_only: 0,
    },
  ]);
});

test('filters choose, and a scope sees its own units alone', async () => {
  expect((await read(EVERYTHING, { ...everything, state: 'list_only' })).map(({ key }) => key)).toEqual(['3']);
  expect((await read(EVERYTHING, { ...everything, unit: 'scjg' })).map(({ key }) => key)).toEqual(['9']);
  expect(await read(EVERYTHING, { ...everything, list: 'dishonest' })).toEqual([]);
  const unit: Scope = { account: 'u', roles: ['unit'], units: ['scjg'], areas: 'all' };
  expect((await read(unit)).map((one) => one.unit)).toEqual(['scjg']);
  expect(await read({ ...unit, units: 'all', roles: ['leader'] })).toEqual([]);
  expect(await read({ ...EVERYTHING, areas: ['320671001'] })).toEqual([]);
});

test('the sample is what anybody computes from seed and rows', async () => {
  const rows = await read(EVERYTHING);
  const folded = (key: string) => key.replace('[', '(').replace(']', ')');
  const hash = (one: (typeof rows)[number]) =>
    createHash('sha256')
      .update(['seed-1', one.unit, one.list, folded(one.key), one.subject].join('\n'))
      .digest('hex');
  const expected = rows
    .toSorted((a, b) => (hash(a) < hash(b) ? -1 : 1))
    .slice(0, 5)
    .map(({ total: _, ...row }) => row);
  expect(rows[0]!.total).toBe(rows.length);
  const draw = (seed: string) =>
    readRows(temporary.warehouse, sampledRows(EVERYTHING, ruleSet, '2025Q2', everything, { seed, size: 5 }));
  expect(await draw('seed-1')).toEqual(expected);
  expect(await draw('seed-1')).toEqual(await draw('seed-1'));
  expect(await draw('seed-2')).not.toEqual(expected);
});

test('a download has the rows of all pages in their order, a batch at a time', async () => {
  const paged = (await read(EVERYTHING)).map(({ total: _, ...one }) => one);
  const statement = everyReconciledRow(EVERYTHING, ruleSet, '2025Q2', everything);
  const batches = await Array.fromAsync(readBatches(temporary.warehouse, statement, 3));
  expect(batches.flat()).toEqual(paged);
  expect(batches.length).toBe(Math.ceil(paged.length / 3));
  expect(Math.max(...batches.map(({ length }) => length))).toBe(3);
});
