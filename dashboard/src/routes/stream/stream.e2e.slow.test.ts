import { loadProject } from '@hengjian/models';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { office, openDashboard, seriousFindings, type TestDashboard } from '../../../e2e/harness.ts';
import { snapshot } from '../../../e2e/snapshot.ts';
import { charts, patient } from '../../../e2e/wait.ts';

const types = ['login.succeeded', 'push.claimed', 'registration.pushed', 'licence.entered', 'inspection.done'];
let dashboard: TestDashboard;

/** `YYYY-MM-DD hh:mm:ss.mmm` in Asia/Shanghai, `minutes` ago. */
const ago = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000 + 8 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ');
const event = (index: number, more: object = {}) => ({
  source: 'https://platform.example/etdz',
  id: `e${index}`,
  type: types[index % types.length],
  time: ago((index % 40) + 2),
  department: index % 3 === 0 ? 'czj' : 'scjg',
  // Still of the last hour when the last test asks.
  recorded_at: ago(index % 40),
  ...more,
});

/** The same moment as the engine takes it in any column. */
const iso = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const topic = 'supervision.events';

/** A worker that stored until five minutes ago, and a log that grew until now; looks of a whole hour. */
async function fillNotes(warehouse: Warehouse): Promise<void> {
  const interval = { since: iso(6), noted_at: iso(5), writer: 'worker-1/4711' };
  await warehouse.insert('insert_notes', [
    {
      ...interval,
      door: 'worker',
      blocks: 4,
      events: 380,
      duplicates: 15,
      rejects: 5,
      max_rows: 200,
      insert_ms: 140,
      max_ms: 50,
      retries: 1,
      failures: 0,
    },
  ]);
  await warehouse.insert('partition_notes', [
    {
      ...interval,
      topic,
      part: 0,
      batches: 4,
      records: 400,
      known: 0,
      passed_on: 0,
      accepted: 380,
      duplicates: 15,
      rejects: 5,
      lag: 0,
    },
  ]);
  await warehouse.insert(
    'log_notes',
    Array.from({ length: 60 }, (_, n) => 60 - n).flatMap((minute) => [
      {
        noted_at: iso(minute - 0.9),
        topic,
        part: 0,
        log_start: 0,
        log_end: 40_000 - 500 * minute,
        stored: 37_000 - 500 * Math.max(0, minute - 5),
      },
      { noted_at: iso(minute - 0.9), topic, part: 1, log_start: 0, log_end: 0, stored: 0 },
    ]),
  );
}

beforeAll(async () => {
  dashboard = await openDashboard(
    async (warehouse) => {
      await fillNotes(warehouse);
      await warehouse.insert(
        'events',
        Array.from({ length: 400 }, (_, index) => event(index)),
      );
      await warehouse.insert('duplicates', [
        { recorded_at: ago(3), source: 'https://platform.example/etdz', id: 'e1' },
      ]);
      await warehouse.insert('rejects', [
        {
          recorded_at: ago(4),
          reject_id: crypto.randomUUID(),
          reason: 'uscc_check_character',
          detail: 'subject: "91\u202eX" is no USCC',
          source: 'https://other.example/x',
          bytes: '{"id":"1","name":"<script>alert(1)</script>\u202e"}',
          size: 49,
          origin_kind: 'file',
          origin: 'events.ndjson',
          origin_pos: 17,
        },
      ]);
    },
    { KAFKA_BROKERS: '127.0.0.1:9092' },
  );
});
afterAll(() => dashboard?.close());

for (const theme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`stream at ${width} px, ${theme}: drawn, accessible, without complaints`, async () => {
      const page = await dashboard.page({ account: office, width, theme });
      await page.goto('/stream');
      await charts(page, 2);
      await snapshot(page, `stream-${width}-${theme}`);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('数据流');
      expect(await page.locator('dl').textContent()).toContain('400');
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await seriousFindings(page)).toEqual([]);
      expect(dashboard.problems()).toEqual([]);
    });
  }
}

test('workers that are silent are told at the top, with since when and what to do; the table says which partition', async () => {
  // Looked at now: what was seen three minutes ago is no longer told, and the tests before may take as long.
  const look = { noted_at: iso(0), topic, log_start: 0 };
  await dashboard.warehouse.insert('log_notes', [
    { ...look, part: 0, log_end: 39_500, stored: 37_000 },
    { ...look, part: 1, log_end: 0, stored: 0 },
  ]);
  for (const [locale, title, told, still] of [
    ['zh-CN', '需要关注：1 项', '入库进程没有动静：2,500 条记录积压在日志中', /停滞 \d+ 分钟/],
    ['en', 'Needs attention: 1', 'Workers are silent: 2,500 records wait in the log', /still for \d+ min/],
  ] as const) {
    const page = await dashboard.page({ account: office, locale });
    await page.goto('/stream');
    await charts(page, 2);
    await snapshot(page, `stream-${locale}`);
    const alerts = page.locator('section[aria-labelledby=alerts]');
    expect(await alerts.getByRole('heading').textContent()).toContain(title);
    expect(await alerts.textContent()).toContain(told);
    const partition = page.locator('section[aria-labelledby=partitions] .listing tbody tr').first();
    expect(await partition.textContent()).toContain('2,500');
    expect(await partition.textContent()).toMatch(still);
    expect(await partition.textContent()).toContain('worker-1/4711');
    const writer = await page.locator('section[aria-labelledby=writers] tbody td').allTextContents();
    expect(writer.slice(4)).toEqual(['100 / 200', '35 / 50', '15', '5', '1 / 0']);
    expect(await page.locator('dl').textContent()).toContain('2,500');
  }
  expect(dashboard.problems()).toEqual([]);
});

test('by keyboard: arrow keys name each bar, the table holds the same total', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/stream?range=24h');
  await charts(page, 2);
  await page.locator('.drawing').first().focus();
  await page.keyboard.press('Home');
  const live = page.locator('[aria-live=polite]').first();
  await expect.poll(() => live.textContent(), patient).toMatch(/^\d\d:\d\d–\d\d:\d\d；.+；\d+$/);
  await page.getByText('以表格显示').first().click();
  expect(await page.locator('details tbody tr:last-child td:last-child').first().textContent()).toContain('400');
  expect(dashboard.problems()).toEqual([]);
});

test('new arrivals appear by themselves', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/stream');
  await charts(page, 2);
  await dashboard.warehouse.insert('events', [event(1000, { recorded_at: ago(0), source: 'https://new.example/s' })]);
  await page.getByRole('row', { name: /new\.example/ }).waitFor({ timeout: 120_000 });
});

test('rejects: bytes are shown as text, with reason and origin', async () => {
  const page = await dashboard.page({ account: office, locale: 'en' });
  await page.goto('/stream');
  await page.getByRole('link', { name: 'uscc check character' }).click();
  await page.waitForURL(/rejects\?reason=uscc_check_character/);
  expect(await page.locator('pre').textContent()).toContain('<script>alert(1)</script>\\u202e');
  expect(await page.locator('main').textContent()).not.toContain('\u202e');
  expect(await page.getByRole('cell', { name: 'file events.ndjson:17' }).count()).toBe(1);
  await snapshot(page, 'stream-rejects');
  expect(await seriousFindings(page)).toEqual([]);
  expect(dashboard.problems()).toEqual([]);
});

test('a member unit sees its own arrivals, no sources and no rejects', async () => {
  const page = await dashboard.page({ account: { name: 'czj', roles: ['unit'], units: ['czj'] } });
  await page.goto('/stream');
  await charts(page, 1);
  expect(await page.locator('dl').textContent()).toContain('134');
  expect(await page.getByText('other.example').count()).toBe(0);
  for (const part of ['alerts', 'partitions', 'writers']) expect(await page.locator(`#${part}`).count()).toBe(0);
  // The name of the writer as a whole: its number alone may stand in a moment or a build's name by chance.
  expect(await page.content()).not.toContain('worker-1');
  expect((await page.goto('/stream/rejects'))?.status()).toBe(403);
  expect((await page.goto('/api/v1/stream/minutes?range=7d'))?.status()).toBe(400);
});

test('before the first event: what to do, and the trouble there may be already', async () => {
  const empty = await openDashboard(undefined, { KAFKA_BROKERS: '127.0.0.1:9092' });
  try {
    const page = await empty.page({ account: office });
    await page.goto('/stream');
    const main = await page.locator('main').textContent();
    expect(main).toContain('还没有任何事件');
    expect(main).toContain('积压情况不明：近一天内没有查询过消息代理。');
    expect(await seriousFindings(page)).toEqual([]);
  } finally {
    await empty.close();
  }
});

test('without Kafka the page says that there is no log and no lag', async () => {
  const direct = await openDashboard((warehouse) => warehouse.insert('events', [event(1)]));
  try {
    const page = await direct.page({ account: office, locale: 'en' });
    await page.goto('/stream');
    await charts(page, 1);
    const main = await page.locator('main').textContent();
    expect(main).toContain('All is well: nothing needs attention.');
    expect(main).toContain('the edge writes straight to the warehouse');
    expect(main).toContain('Nothing was written in this period.');
    expect(await seriousFindings(page)).toEqual([]);
  } finally {
    await direct.close();
  }
});

test('events that count nowhere: the start page of the office says so and leads to why and what to do; a unit sees nothing of it', async () => {
  const unknown = await openDashboard(async (warehouse) => {
    const login = (id: string, department: string) => ({
      id,
      source: 'https://platform.example/etdz',
      type: 'login.succeeded',
      time: '2025-04-08T09:00:00+08:00',
      department,
      data: { account: 'a' },
    });
    await loadEvents(warehouse, [login('1', 'scjg'), login('2', 'CZJ'), login('3', 'CZJ')]);
    await refresh(warehouse, loadProject());
  });
  try {
    for (const [locale, width, theme, note, told] of [
      [
        'zh-CN',
        1440,
        'light',
        '有 2 条已接收的事件未计入任何结果',
        '2 条事件所属单位不在评分规则内，未计入任何结果：CZJ',
      ],
      ['en', 390, 'dark', 'Accepted and counted nowhere: 2.', '2 events (since 2025-04-08 09:00) belong to a unit'],
    ] as const) {
      const page = await unknown.page({ account: office, locale, width, theme });
      await page.goto('/');
      expect(await page.locator('main aside').first().textContent()).toContain(note);
      expect(await seriousFindings(page)).toEqual([]);
      await snapshot(page, `uncounted-start-${width}`);
      await page.locator('main aside a').first().click();
      await page.waitForURL(/\/stream#alerts/);
      const alerts = page.locator('section[aria-labelledby=alerts]');
      await alerts.waitFor();
      expect(await alerts.textContent()).toContain(told);
      expect(await alerts.textContent()).toContain('https://platform.example/etdz');
      await snapshot(page, `uncounted-stream-${width}`);
    }
    const unit = await unknown.page({ account: { name: 'scjg', roles: ['unit'], units: ['scjg'] } });
    await unit.goto('/');
    // As a word: three letters may stand in the name of a built file by chance.
    expect(await unit.content()).not.toMatch(/\bCZJ\b/);
    expect(await unit.locator('main').textContent()).not.toContain('未计入任何结果');
    expect(unknown.problems()).toEqual([]);
  } finally {
    await unknown.close();
  }
});
