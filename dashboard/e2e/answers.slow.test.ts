/** What is kept between refreshes, seen from outside: how often figures are asked for, who shares an answer, when it is forgotten. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { closeQuarter, loadProject } from '@hengjian/models';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import { writeDirectly } from '@hengjian/models/testing/write-directly.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SignedInDashboard, signedInDashboard } from './signed-in-dashboard.ts';

let dashboard: SignedInDashboard;
beforeAll(async () => {
  dashboard = await signedInDashboard();
  for (const name of ['office', 'zhang-3', '李四.office']) await dashboard.signIn(name, 'office');
}, 600_000);
afterAll(() => dashboard?.close());

/** Of /metrics: `of` figures, templates or answers. */
async function measure(name: string, labels: Record<string, string>): Promise<number> {
  const text = await (await dashboard.get('/metrics')).text();
  const label = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  const line = text.split('\n').find((one) => one.startsWith(`${name}{${label.join(',')}}`));
  return Number(line?.split(' ').at(-1) ?? 0);
}
const answersFrom = (of: string, from: string) => measure('hengjian_dashboard_answers_total', { of, from });

/** A refresh that changed nothing: every kept answer is forgotten once it is noticed. */
async function forget(): Promise<void> {
  await endRefresh();
  await pause(2_000);
}

const SCORES = '/api/v1/quarters/2025Q2/scores';
const PAGES: [path: string, questions: number][] = [
  ['/?quarter=2025Q2', 12],
  ['/units/scjg?quarter=2025Q2', 17],
  ['/units/scjg/claim?quarter=2025Q2', 8],
  ['/funnel?quarter=2025Q2', 4],
  ['/heat?quarter=2025Q2', 6],
  ['/heat?quarter=2025Q2&area=320671001&industry=C', 7],
  [SCORES, 4],
  [`${SCORES}.csv`, 5],
  ['/api/v1/quarters/2025Q2/units/scjg/items/claim', 5],
];

test.each(PAGES)('%s puts %i questions to the warehouse, none of them twice', async (path, questions) => {
  await forget();
  const before = await Promise.all(['made', 'kept', 'joined'].map((from) => answersFrom('figures', from)));
  expect((await dashboard.get(path, 'office')).status).toBe(200);
  const after = await Promise.all(['made', 'kept', 'joined'].map((from) => answersFrom('figures', from)));
  expect(after.map((count, at) => count - before[at]!)).toEqual([questions, 0, 0]);
});

function hashesOf(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\bsrc=)(?![^>]*json)[^>]*>(.*?)<\/script>/gs)].map(
    ([, script]) => `'sha256-${createHash('sha256').update(script!).digest('base64')}'`,
  );
}

test('accounts that may see the same share a page that is made once; each finds its own name, and scripts that may run', async () => {
  await forget();
  const before = await answersFrom('templates', 'made');
  for (const name of ['office', 'zhang-3', '李四.office', 'office']) {
    const response = await dashboard.get('/?quarter=2025Q2', name);
    const html = await response.text();
    expect(html).toContain(`</span>${name}</summary>`);
    expect(html).not.toMatch(/reader-[0-9a-f]{24}/);
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).not.toContain('nonce');
    expect(hashesOf(html).length).toBeGreaterThan(0);
    for (const hash of hashesOf(html)) expect(policy).toContain(hash);
    const data = await (await dashboard.get('/__data.json?quarter=2025Q2', name)).text();
    expect(data).toContain(JSON.stringify(name));
    expect(data).not.toMatch(/reader-[0-9a-f]{24}/);
  }
  expect((await answersFrom('templates', 'made')) - before).toBe(2);
});

test('fifty who ask at once have one page made', async () => {
  await forget();
  const before = await answersFrom('templates', 'made');
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const response = await dashboard.get('/units/scjg?quarter=2025Q2', n % 2 === 0 ? 'office' : 'zhang-3');
      return [response.status, (await response.text()).length > 1_000];
    }),
  );
  expect(new Set(answers.map(String))).toEqual(new Set(['200,true']));
  expect((await answersFrom('templates', 'made')) - before).toBe(1);
});

/** The next look finds that a refresh has ended. */
const endRefresh = () =>
  dashboard.warehouse.command(
    'INSERT INTO refreshes SELECT * REPLACE (now64(6) AS refreshed_at) FROM refreshes ORDER BY refreshed_at DESC LIMIT 1',
  );

test('right after a refresh nobody waits: the page from before it is given while the new one is made, each with its own tag', async () => {
  const tagNow = async () => (await dashboard.get('/?quarter=2025Q2', 'office')).headers.get('etag');
  const before = await answersFrom('answers', 'before');
  // On a busy machine the moment may be over before anybody asks.
  await expect
    .poll(
      async () => {
        const tag = await tagNow();
        await endRefresh();
        const tags = new Set([await tagNow(), await tagNow(), await tagNow(), await tagNow()]);
        // Old or new, nothing else.
        expect(tags.size - Number(tags.has(tag))).toBeLessThanOrEqual(1);
        return (await answersFrom('answers', 'before')) > before;
      },
      { timeout: 120_000 },
    )
    .toBe(true);
  const tag = await tagNow();
  await endRefresh();
  await expect.poll(tagNow, { timeout: 30_000 }).not.toBe(tag);
}, 200_000);

test('an answer is the same in every encoding, and says which', async () => {
  const plain = await dashboard.get('/?quarter=2025Q2', 'office', { 'accept-encoding': 'identity' });
  const text = await plain.text();
  expect([plain.headers.get('content-encoding'), plain.headers.get('vary')]).toEqual([null, 'Accept-Encoding']);
  for (const [accepted, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
  ] as const) {
    // Warm and cold.
    for (const path of ['/?quarter=2025Q2', '/?quarter=2025Q2']) {
      const response = await dashboard.get(path, 'office', { 'accept-encoding': accepted });
      expect(response.headers.get('content-encoding')).toBe(encoding);
      expect(await response.text()).toBe(text);
    }
  }
});

test('a refused address is answered anew, with the name of who asks', async () => {
  for (const name of ['office', 'zhang-3']) {
    const response = await dashboard.get('/units/nobody?quarter=2025Q2', name);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(`</span>${name}</summary>`);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  }
});

test('what is kept is told: entries, bytes within their bound, where answers came from', async () => {
  for (let n = 0; n < 100; n++) await dashboard.get(`/?quarter=2025Q2&n=${n}`, 'office');
  for (const [of, most] of [
    ['figures', 64],
    ['templates', 32],
    ['answers', 64],
  ] as const) {
    expect(await measure('hengjian_dashboard_kept_entries', { of })).toBeGreaterThan(0);
    const bytes = await measure('hengjian_dashboard_kept_bytes', { of });
    expect(bytes).toBeGreaterThan(1_000);
    // Of two versions in the moments after a refresh.
    expect(bytes).toBeLessThanOrEqual((of === 'answers' ? 2 : 1) * most * 2 ** 20);
  }
  const kept = await answersFrom('answers', 'kept');
  await dashboard.get('/?quarter=2025Q2&n=99', 'office');
  expect(await answersFrom('answers', 'kept')).toBe(kept + 1);
});

test('two seconds after a refresh, and after a publication, every kept page shows it', async () => {
  const { get, warehouse } = dashboard;
  const shown = async () => {
    const pages = ['/', '/units/zrzy', '/units/zrzy/claim', '/funnel'].flatMap((path) => [
      `${path}?quarter=2025Q2`,
      `${path === '/' ? '' : path}/__data.json?quarter=2025Q2`,
    ]);
    return Promise.all([...pages, SCORES].map(async (path) => (await get(path, 'office')).text()));
  };
  const before = await shown();
  expect(await shown()).toEqual(before);
  await loadEvents(warehouse, [
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
  const project = loadProject();
  await refresh(warehouse, project);
  await pause(2_000);
  const refreshed = await shown();
  for (const [at, text] of refreshed.entries()) expect(text).not.toBe(before[at]);
  await closeQuarter({ warehouse, project, write: writeDirectly(warehouse), by: 'office' }, '2025Q2');
  await pause(2_000);
  const { status } = JSON.parse((await shown()).at(-1)!) as { status: string };
  expect(status).toBe('published');
  expect((await (await get('/?quarter=2025Q2', 'office')).text()).includes('已发布')).toBe(true);
}, 400_000);
