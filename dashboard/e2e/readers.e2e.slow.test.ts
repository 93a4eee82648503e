import { setTimeout as pause } from 'node:timers/promises';
import { loadProject } from '@hengjian/models';
import { readScores } from '@hengjian/models/queries/read-scores.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { type Account, scopeOf } from '../accounts/account.ts';
import { PUBLISHED_SAMPLE } from './fill-published-sample.ts';
import { office } from './harness.ts';
import { sharedDashboard } from './shared-dashboard.ts';

const ruleset = loadProject().ruleSet.id;
const account = (name: string, rest: Partial<Account>): Account => ({
  name,
  roles: ['unit'],
  units: [],
  areas: [],
  disabled: false,
  ...rest,
});
const accounts = [
  account('office', { roles: [...office.roles] }),
  account('scjg-office', { units: ['scjg'] }),
  account('czj-office', { units: ['czj'] }),
];
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

const dashboard = sharedDashboard(PUBLISHED_SAMPLE);
let pages: Page[];
beforeAll(async () => {
  pages = await Promise.all(accounts.map((one) => dashboard.page({ account: one })));
}, 400_000);

const scoresOf = (quarter: string) => `/api/v1/quarters/${quarter}/scores`;

/** A refresh that changed nothing: every kept answer is forgotten. */
async function forget(): Promise<void> {
  await dashboard.warehouse.command(
    'INSERT INTO refreshes SELECT * REPLACE (now64(6) AS refreshed_at) FROM refreshes ORDER BY refreshed_at DESC LIMIT 1',
  );
  await pause(2_000);
}

test('each scope is given its own answer, cold and warm, in every order of askers', async () => {
  const expected = await Promise.all(
    accounts.map((one) =>
      Promise.all(
        ['2025Q1', '2025Q2'].map((quarter) => readScores(dashboard.warehouse, scopeOf(one), ruleset, quarter)),
      ),
    ),
  );
  const [all, own] = expected.map(([, draft]) => (draft!.ok ? draft!.value.units.length : 0));
  expect([all, own]).toEqual([14, 1]);
  for (const order of orders) {
    await forget();
    for (const asker of [...order, ...order]) {
      for (const [at, quarter] of ['2025Q1', '2025Q2'].entries()) {
        const answer = expected[asker]![at]!;
        const shown = await pages[asker]!.request.get(scoresOf(quarter));
        expect(await shown.json()).toEqual(answer.ok && answer.value);
      }
      const items = await pages[asker]!.request.get('/api/v1/quarters/2025Q2/units/scjg/items/claim');
      expect(items.status()).toBe(accounts[asker]!.name === 'czj-office' ? 403 : 200);
      const unit = await pages[asker]!.request.get('/units/czj?quarter=2025Q2');
      expect(unit.status()).toBe(accounts[asker]!.name === 'scjg-office' ? 403 : 200);
    }
  }
}, 240_000);

test('who has the answer is told so with 304, until a refresh; the tag of one account is not another’s', async () => {
  const [first, second] = pages as [Page, Page];
  const paths = [
    scoresOf('2025Q2'),
    `${scoresOf('2025Q2')}.csv`,
    '/api/v1/funnel?quarter=2025Q2',
    '/__data.json?quarter=2025Q2',
    '/units/scjg/__data.json?quarter=2025Q2',
  ];
  const tags = new Map<string, string>();
  for (const path of paths) {
    const answer = await first.request.get(path);
    const { etag, 'cache-control': cacheControl } = answer.headers();
    expect([path, etag, cacheControl]).toEqual([path, expect.stringMatching(/^W\/"[\w-]{27}"$/), 'private, no-cache']);
    tags.set(path, etag!);
    const again = await first.request.get(path, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([again.status(), (await again.body()).length, again.headers().etag]).toEqual([304, 0, etag]);
    const other = await second.request.get(path, { headers: { 'if-none-match': etag! } });
    expect(other.status()).toBe(200);
    const english = await first.request.get(path, { headers: { 'if-none-match': etag!, 'accept-language': 'en' } });
    expect(english.status()).toBe(200);
  }
  const forbidden = await second.request.get('/api/v1/quarters/2025Q2/units/czj/items/login');
  expect([forbidden.status(), forbidden.headers().etag]).toEqual([403, undefined]);
  const stream = await first.request.get('/stream/__data.json');
  expect([stream.headers().etag, stream.headers()['cache-control']]).toEqual([undefined, 'private, no-store']);
  await forget();
  for (const [path, etag] of tags)
    expect((await first.request.get(path, { headers: { 'if-none-match': etag } })).status()).toBe(200);
}, 60_000);

test('two seconds after a refresh every route shows the new figures', async () => {
  const [page] = pages as [Page];
  const claims = async () => {
    const { units } = await (await page.request.get(scoresOf('2025Q2'))).json();
    const { items } = units.find(({ unit }: { unit: string }) => unit === 'zrzy');
    return items.find(({ item }: { item: string }) => item === 'claim').denominator;
  };
  const before = await claims();
  await loadEvents(dashboard.warehouse, [
    {
      source: 'https://late.example/x',
      id: '1',
      type: 'registration.pushed',
      time: '2025-05-12T09:00:00+08:00',
      department: 'zrzy',
      subject: '91320100MA1XYWG030',
      data: { push_id: 'LATE-1', bucket: 'licensed', matters: [] },
    },
  ]);
  await refresh(dashboard.warehouse, loadProject());
  await pause(2_000);
  expect(await claims()).toBe(before + 1);
}, 300_000);

test('with the warehouse away a closed quarter that was read stays readable, a draft does not', async () => {
  const [page] = pages as [Page];
  const closed = ['/?quarter=2025Q1', '/units/scjg?quarter=2025Q1', scoresOf('2025Q1')];
  for (const path of [...closed, scoresOf('2025Q2')]) expect((await page.request.get(path)).status()).toBe(200);
  await dashboard.stopWarehouse();
  for (const path of closed) expect([path, (await page.request.get(path)).status()]).toEqual([path, 200]);
  expect((await page.request.get(scoresOf('2025Q2'), { timeout: 60_000 })).status()).toBe(503);
  // Said and logged: that is what this test wants.
  dashboard.problems();
}, 300_000);
