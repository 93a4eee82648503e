import { loadProject } from '@hengjian/models';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { PUBLISHED_SAMPLE } from './fill-published-sample.ts';
import { office, seriousFindings, visit } from './harness.ts';
import { sharedDashboard } from './shared-dashboard.ts';
import { snapshot } from './snapshot.ts';

const dashboard = sharedDashboard(PUBLISHED_SAMPLE);

const addresses = ['/?quarter=2025Q2', '/units/scjg?quarter=2025Q2', '/units/scjg/claim?quarter=2025Q2', '/sign-in'];

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test.each([390, 1440])('%i px: no serious finding of axe, nothing wider than the window', async (width) => {
    const page = await dashboard.page({ account: office, theme, width });
    for (const [index, address] of addresses.entries()) {
      await page.goto(address);
      await snapshot(page, `page-${index}-${width}-${theme}`);
      expect(await seriousFindings(page), address).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, address).toBeLessThanOrEqual(0);
    }
  });
});

const column = (page: Page, index: number) => page.locator(`.wide tbody tr > :nth-child(${index})`).allTextContents();

describe('ranking', () => {
  test('shows the units in rank order with points, share, n and change', async () => {
    const page = await dashboard.page({ account: office });
    await visit(page, '/?quarter=2025Q2');
    expect(await page.locator('h1').textContent()).toBe('2025年第二季度考核评分排名');
    const ranks = (await column(page, 1)).map(Number);
    expect(ranks).toHaveLength(14);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    const cell = page.locator('.wide a[href="/units/scjg?quarter=2025Q2#claim"]');
    const label = (await cell.textContent()) ?? '';
    expect(label).toMatch(/^7\.39\s+73\.9%\*?\s+671\/961\s+市场监管局，证照联动·认领，应得10\.00分；/);
    expect(label).toContain('办结 671，应办 961');
    expect(label).toContain('其中及时 605');
    await cell.focus();
    expect(await page.locator('.tip').textContent()).toContain('办结 671，应办 961');
    await page.keyboard.press('Escape');
    expect(await page.locator('.tip').isVisible()).toBe(false);
  });

  test('sorts by any column with the keyboard, and the address keeps it', async () => {
    const page = await dashboard.page({ account: office });
    await page.goto('/?quarter=2025Q2');
    const head = page.locator('th', { hasText: '证照联动认领' }).locator('a');
    await head.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/?quarter=2025Q2&sort=claim');
    expect(await page.locator('th[aria-sort="descending"]').textContent()).toContain('认领');
    await page.locator('th[aria-sort="descending"] a').press('Enter');
    await page.waitForURL('**/?quarter=2025Q2&sort=claim&dir=ascending');
    const shares = (await page.locator('.wide a[href$="#claim"] .share').allTextContents()).map((text) =>
      Number.parseInt(text, 10),
    );
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    await page.reload();
    expect(await page.locator('th[aria-sort="ascending"]').textContent()).toContain('认领');
  });

  test('another quarter is chosen in the picker', async () => {
    const page = await dashboard.page({ account: office });
    await page.goto('/?quarter=2025Q2');
    await page.getByLabel('季度').selectOption('2025Q1');
    await page.waitForURL('**/?quarter=2025Q1');
    expect(await page.locator('h1').textContent()).toBe('2025年第一季度考核评分排名');
    expect(await page.locator('.facts').textContent()).toContain('已发布');
  });

  test('works without scripts', async () => {
    const page = await dashboard.page({ account: office });
    const cookies = await page.context().cookies();
    const bare = await page.context().browser()!.newContext({ javaScriptEnabled: false, baseURL: dashboard.url });
    await bare.addCookies(cookies);
    const plain = await bare.newPage();
    await plain.goto('/?quarter=2025Q2&sort=total&dir=ascending');
    expect(await plain.locator('.wide tbody tr').count()).toBe(14);
    await plain.getByRole('button', { name: 'Switch to English' }).click();
    expect(await plain.locator('h1').textContent()).toBe('Scores and ranking, Q2 2025');
    await bare.close();
  });

  test('phones get cards, without the login item', async () => {
    const page = await dashboard.page({ account: office, width: 390 });
    await page.goto('/?quarter=2025Q2');
    expect(await page.locator('.small li').count()).toBe(14);
    expect(await page.locator('.small dt:visible', { hasText: '平台登陆' }).count()).toBe(0);
    expect(await page.locator('table:visible').count()).toBe(0);
    await page.goto('/units/scjg?quarter=2025Q2');
    expect(await page.locator('#login').isVisible()).toBe(false);
    expect(await page.locator('#claim').isVisible()).toBe(true);
  });

  test('is downloaded as CSV and printed on A4 landscape', async () => {
    const page = await dashboard.page({ account: office });
    await page.goto('/?quarter=2025Q2');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('下载 CSV').click()]);
    expect(download.suggestedFilename()).toBe('排名-2025Q2.csv');
    const directory = process.env.HENGJIAN_SCREENSHOTS;
    const pdf = await page.pdf({ preferCSSPageSize: true, ...(directory ? { path: `${directory}/ranking.pdf` } : {}) });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    // A4 landscape in points, and everything on one page.
    const text = pdf.toString('latin1');
    expect(text.match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
    expect(text).toMatch(/\/MediaBox\s*\[0 0 84[12][.\d]* 59[45][.\d]*\]/);
  });
});

test('a unit page leads from the item to every row that cost points', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/units/scjg?quarter=2025Q2');
  const claim = page.locator('#claim');
  expect(await claim.locator('h2').textContent()).toBe('证照联动·认领');
  expect(await claim.getByRole('img').getAttribute('aria-label')).toContain('2025Q1');
  await claim.getByText(/^查看全部/).click();
  await page.waitForURL('**/units/scjg/claim?quarter=2025Q2');
  await page.getByRole('navigation', { name: '按事由筛选' }).getByText('未认领').click();
  await page.waitForURL('**kind=unclaimed');
  expect(new Set(await page.locator('tbody td.kind').allTextContents())).toEqual(new Set(['未认领']));
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('下载 CSV').click()]);
  expect(download.suggestedFilename()).toBe('失分明细-2025Q2-scjg-claim.csv');
});

test('the API gives the same points as the page', async () => {
  const page = await dashboard.page({ account: office });
  const scores = await (await page.request.get('/api/v1/quarters/2025Q2/scores')).json();
  const explanation = await (await page.request.get('/api/v1/quarters/2025Q2/units/scjg/items/claim')).json();
  const unit = scores.units.find((candidate: { unit: string }) => candidate.unit === 'scjg');
  const item = unit.items.find((candidate: { item: string }) => candidate.item === 'claim');
  expect(explanation.points).toBe(item.points);
  const lost = explanation.lost.reduce((sum: number, row: { points: number }) => sum + row.points, 0);
  expect(Math.abs(lost - (item.weight - item.points))).toBeLessThan(1e-9);
});

test('appearance and language are kept', async () => {
  const page = await dashboard.page({ account: office });
  await page.locator('summary', { hasText: '' }).first().click();
  await page.getByRole('button', { name: '深色' }).click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await page.getByRole('button', { name: 'Switch to English' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  await page.reload();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  expect(await seriousFindings(page)).toEqual([]);
});

test('an open page follows a refresh by itself', async () => {
  const page = await dashboard.page({ account: office });
  await visit(page, '/?quarter=2025Q2');
  const total = page.locator('.wide tr', { has: page.locator('a[href^="/units/czj?"]') }).locator('.total');
  const before = await total.textContent();
  // A meeting that only this unit had to attend and did not: one point less.
  await loadEvents(dashboard.warehouse, [
    {
      id: 'extra-meeting',
      source: '/office',
      type: 'meeting.held',
      time: '2025-05-20T09:00:00+08:00',
      department: 'bgs',
      data: { meeting_id: 'extra', required: ['czj'] },
    },
  ]);
  await refresh(dashboard.warehouse, loadProject());
  await expect.poll(() => total.textContent(), { timeout: 60_000 }).toBe((Number(before) - 1).toFixed(2));
});

test('the first page weighs at most 300 KB compressed', async () => {
  const signedIn = await dashboard.page({ account: office });
  // A browser with nothing in its cache.
  const cold = await signedIn.context().browser()!.newContext({ baseURL: dashboard.url });
  await cold.addCookies(await signedIn.context().cookies());
  const page = await cold.newPage();
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    // The stream of updates never ends, and so has no size.
    if (response.url().endsWith('/updates')) return;
    const size = response.request().sizes();
    sizes.push(size.then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize));
  });
  const document = await page.goto('/?quarter=2025Q2', { waitUntil: 'load' });
  await page.waitForTimeout(500);
  expect(document?.headers()['content-encoding']).toBeDefined();
  const weight = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(weight).toBeGreaterThan(30_000);
  expect(weight).toBeLessThan(300_000);
  await cold.close();
});
