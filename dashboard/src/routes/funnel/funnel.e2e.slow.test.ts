import { readFileSync } from 'node:fs';
import { loadProject } from '@hengjian/models';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import { expect, test } from 'vitest';
import { SAMPLE } from '../../../e2e/fill-sample.ts';
import { office, seriousFindings } from '../../../e2e/harness.ts';
import { sharedDashboard } from '../../../e2e/shared-dashboard.ts';
import { snapshot } from '../../../e2e/snapshot.ts';
import { charts, patient } from '../../../e2e/wait.ts';

const scores = JSON.parse(
  readFileSync(new URL('../../../../samples/nantong-sample.2025Q2.scores.json', import.meta.url), 'utf8'),
) as { units: { unit: string; items: { item: string; numerator: number; denominator: number; on_time: number }[] }[] };
const claim = (unit: string) =>
  scores.units.find((one) => one.unit === unit)!.items.find(({ item }) => item === 'claim')!;

const dashboard = sharedDashboard(SAMPLE);

for (const theme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`funnel at ${width} px, ${theme}: drawn, accessible, without complaints`, async () => {
      const page = await dashboard.page({ account: office, width, theme });
      await page.goto('/funnel?quarter=2025Q2');
      await charts(page, 3);
      await snapshot(page, `funnel-${width}-${theme}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await seriousFindings(page)).toEqual([]);
    });
  }
}

test('a unit chosen in the chart narrows the page, stays in the address and agrees with its score', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/funnel?quarter=2025Q2');
  await charts(page, 3);
  const bars = page.locator('.drawing').nth(1);
  await bars.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.waitForURL(/unit=/);
  const unit = new URL(page.url()).searchParams.get('unit')!;
  const { numerator, denominator, on_time } = claim(unit);
  const row = page.locator('figure').first().locator('tbody tr').first();
  const cells = (await row.locator('td').allTextContents()).map((text) => Number(text.trim().replaceAll(',', '')));
  expect(cells).toEqual([on_time, numerator - on_time, 0, denominator - numerator, denominator]);
  expect(await page.getByRole('combobox', { name: '单位' }).inputValue()).toBe(unit);
  await page.reload();
  expect(await page.locator('figure').first().locator('.summary').textContent()).toContain(`推送 ${denominator} 件`);
});

test('filters write only what was chosen; weeks add up to the whole', async () => {
  const page = await dashboard.page({ account: office, locale: 'en' });
  await page.goto('/funnel');
  await page.getByRole('combobox', { name: 'Quarter' }).selectOption('2025Q1');
  await page.waitForURL('**/funnel?quarter=2025Q1');
  await page.getByRole('combobox', { name: 'Stage' }).selectOption('feedback');
  await page.waitForURL('**/funnel?quarter=2025Q1&stage=feedback');
  const totals = (index: number) =>
    page.locator('figure').nth(index).locator('tbody tr td:last-child').allTextContents();
  const sum = async (index: number) =>
    (await totals(index)).reduce((all, text) => all + Number(text.trim().replaceAll(',', '')), 0);
  const claimed = Number((await totals(0))[1]!.trim().replaceAll(',', ''));
  expect(await sum(1)).toBe(claimed);
  expect(await sum(2)).toBe(claimed);
});

test('a member unit sees itself only, by page and by data route', async () => {
  const page = await dashboard.page({ account: { name: 'yjgl', roles: ['unit'], units: ['yjgl'] } });
  await page.goto('/funnel?quarter=2025Q2');
  await charts(page, 3);
  const names = await page.locator('figure').nth(1).locator('tbody th').allTextContents();
  expect(names.map((name) => name.trim())).toEqual(['应急管理局']);
  await page.goto('/funnel?quarter=2025Q2&unit=scjg');
  expect(await page.locator('figure').first().locator('.empty').count()).toBe(1);
  const refused = await page.goto('/api/v1/funnel?quarter=2031Q1');
  expect(refused?.status()).toBe(404);
});

test('nobody is let in without signing in, and an inspector not at all', async () => {
  const stranger = await dashboard.page();
  await stranger.goto('/api/v1/funnel?quarter=2025Q2');
  expect(
    new URL(stranger.url()).pathname === '/api/v1/funnel' ? await stranger.textContent('body') : 'sign-in',
  ).not.toContain('ARROW');
  const inspector = await dashboard.page({ account: { name: 'ins', roles: ['inspector'] } }).catch(() => undefined);
  expect((await inspector?.goto('/funnel'))?.status() ?? 403).toBe(403);
  dashboard.problems();
});

test('when a refresh ends the open page shows the new figures by itself', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/funnel?quarter=2025Q2&unit=zrzy');
  await charts(page, 3);
  const summary = page.locator('figure').first().locator('.summary');
  const { denominator } = claim('zrzy');
  expect(await summary.textContent()).toContain(`推送 ${denominator} 件`);
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
  await expect.poll(() => summary.textContent(), patient).toContain(`推送 ${denominator + 1} 件`);
});

test('1920 px and paper: nothing is wider than the page, print leaves the controls out', async () => {
  const page = await dashboard.page({ account: office, width: 1920 });
  await page.goto('/funnel?quarter=2025Q2');
  await charts(page, 3);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await snapshot(page, 'funnel-1920');
  await page.setViewportSize({ width: 1080, height: 760 });
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('combobox').first().isVisible()).toBe(false);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await snapshot(page, 'funnel-print');
  expect((await page.pdf({ format: 'A4', landscape: true })).length).toBeGreaterThan(10_000);
});
