/** What an office and a unit see of how sure a figure is: ranges of ranks, intervals, deadlines counted, lists reconciled. */
import { loadProject } from '@hengjian/models';
import { staleRanges, storeRankRanges } from '@hengjian/models/scoring/store-rank-ranges.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PUBLISHED_SAMPLE } from './fill-published-sample.ts';
import { office, openDashboard, seriousFindings, type TestDashboard, visit } from './harness.ts';
import { snapshot } from './snapshot.ts';

let dashboard: TestDashboard;
beforeAll(async () => {
  dashboard = await openDashboard(
    async (warehouse) => {
      const project = loadProject();
      const [stale] = (await staleRanges(warehouse, project)).filter(({ quarter }) => quarter === '2025Q2');
      expect(await storeRankRanges(warehouse, project, stale!)).toBe(true);
    },
    {},
    PUBLISHED_SAMPLE,
  );
}, 900_000);
afterAll(() => dashboard?.close());

const auditor = { name: 'audit', roles: ['auditor'] } as const;

test('a draft shows the range of each rank and what moves it; a published quarter shows none', {
  timeout: 300_000,
}, async () => {
  const page = await dashboard.page({ account: { ...auditor, roles: [...auditor.roles] } });
  await page.goto('/?quarter=2025Q2');
  const table = page.getByRole('region', { name: '名次可能的范围' });
  expect(await table.locator('tbody tr').count()).toBe(14);
  expect(await table.textContent()).toMatch(/改按|单独改变任何一处都不影响/);
  expect(await seriousFindings(page)).toEqual([]);
  await snapshot(page, 'ranking-draft');
  await page.getByRole('link', { name: '显示比率区间' }).click();
  await page.waitForURL(/show=intervals/);
  expect(await page.locator('.interval').count()).toBeGreaterThan(50);
  await snapshot(page, 'ranking-intervals');
  await page.goto('/?quarter=2025Q1');
  expect(await page.getByRole('region', { name: '名次可能的范围' }).count()).toBe(0);
  expect(dashboard.problems()).toEqual([]);
});

test('a lost row leads to its deadline, counted day by day; without scripts, on a phone', {
  timeout: 300_000,
}, async () => {
  const page = await dashboard.page({ account: office as never, scripts: false, width: 390 });
  await page.goto('/units/scjg/claim?quarter=2025Q2');
  await page.locator('td.when a').first().click();
  const card = page.locator('#deadline');
  expect(await card.textContent()).toContain('第5个工作日');
  expect(await card.locator('td.counted').count()).toBe(5);
  await snapshot(page, 'deadline-phone');
  await page.locator('input[name=q]').fill('nothing of that kind');
  await page.getByRole('button', { name: '查找' }).click();
  expect(await page.locator('main').textContent()).toContain('没有符合');
  expect(dashboard.problems()).toEqual([]);
});

test('lists are reconciled, and a sample is drawn again by its seed', { timeout: 300_000 }, async () => {
  const scripted = await dashboard.page({ account: office });
  await visit(scripted, '/reconciliation?quarter=2025Q2');
  expect(await seriousFindings(scripted)).toEqual([]);
  const page = await dashboard.page({ account: office as never, scripts: false });
  await page.goto('/reconciliation?quarter=2025Q2');
  const units = page.getByRole('region', { name: '各单位情况' });
  expect(await units.locator('tbody tr').count()).toBeGreaterThan(14);
  await page.locator('input[name=seed]').fill('2025-07-10');
  await page.locator('input[name=size]').fill('5');
  await page.getByRole('button', { name: '抽取' }).click();
  const sample = page.locator('section[aria-labelledby=sample]');
  const rows = await sample.locator('tbody tr').allInnerTexts();
  expect(rows.length).toBe(5);
  await snapshot(page, 'reconciliation');
  await page.goto('/reconciliation?quarter=2025Q2&seed=2025-07-10&size=5');
  expect(await sample.locator('tbody tr').allInnerTexts()).toEqual(rows);
  expect(dashboard.problems()).toEqual([]);
});
