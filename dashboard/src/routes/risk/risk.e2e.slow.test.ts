/** Risk maps as the office and a leader see them: classes, intervals, from a cell to its subjects for those who may. */
import { loadIndicators } from '@hengjian/models/risk/indicators/load-indicators.ts';
import { refreshRisk } from '@hengjian/models/risk/refresh-risk.ts';
import { parseMonth } from '@hengjian/models/risk/risk-month.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { office, seriousFindings, visit } from '../../../e2e/harness.ts';
import { sharedDashboard } from '../../../e2e/shared-dashboard.ts';
import { snapshot } from '../../../e2e/snapshot.ts';
import { charts } from '../../../e2e/wait.ts';

const AREAS = ['320671001', '320671002', '320671003', '320671004'];
const MONTHS = ['2025-03', '2025-04', '2025-05', '2025-06'];
/** 400 subjects; those of the second area and of catering are the riskier ones. */
function district(): TestEvent[] {
  const events: TestEvent[] = [];
  for (let index = 0; index < 400; index++) {
    const region = AREAS[index % 4]!;
    const industry = index === 399 ? 'K' : ['C', 'F', 'H'][Math.floor(index / 4) % 3]!;
    const about = {
      source: '/test',
      subject: `91320600MA1${String(index).padStart(7, '0')}`,
      region,
      department: 'scjg',
    };
    const tell = (type: string, day: string, data: Record<string, unknown>) =>
      events.push({ ...about, id: `${type}-${index}-${day}`, type, time: `${day}T10:00:00+08:00`, data });
    const registered = { name: `示例企业${index}`, kind: 'enterprise', industry, registered_on: '2020-01-02' };
    tell('entity.registered', '2020-01-02', registered);
    if (index % 9 === 1 || (industry === 'H' && index % 5 === 1))
      tell('blacklist.listed', `2025-0${2 + (index % 4)}-02`, { reason: 'x', decided_on: '2025-02-02' });
    const codes = index % 4 === 1 && index % 3 > 0 ? ['A', '2', 'B'] : ['1'];
    if (index % 2 === 1) tell('result.entered', `2025-0${4 + (index % 3)}-12`, { task_id: `T${index % 7}`, codes });
  }
  return events;
}

const dashboard = sharedDashboard(async (warehouse: Warehouse) => {
  await loadEvents(warehouse, district());
  await refreshRisk(warehouse, loadIndicators(), { months: MONTHS.map((id) => parseMonth(id)!) });
});

/** From 0 to 255, of the page's body; what is transparent is paper. */
const brightness = (page: Page, property: 'color' | 'backgroundColor'): Promise<number> =>
  page.evaluate((name) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d')!;
    context.fillStyle = 'white';
    context.fillRect(0, 0, 1, 1);
    context.fillStyle = getComputedStyle(document.body)[name];
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
    return (red! + green! + blue!) / 3;
  }, property);

test('the office sees tiers by area and industry, rates with intervals, and goes from a cell to its subjects', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/risk');
  await charts(page, 2);
  await snapshot(page, 'risk-1440-light');
  expect(await seriousFindings(page)).toEqual([]);
  const tables = page.locator('figure details');
  await tables.first().locator('summary').click();
  expect(await tables.first().textContent()).toMatch(/第二街道/);
  expect(await tables.nth(1).textContent()).toMatch(/\d+\.\d% \[\d+\.\d%–\d+\.\d%\] \(\d+\/\d+\)/);
  expect(
    await page
      .getByRole('table', { name: /所用|户·月/ })
      .or(page.locator('table', { hasText: '户·月' }))
      .first()
      .textContent(),
  ).toMatch(/A/);
  await page.getByRole('link', { name: /^第二街道：/ }).click();
  await page.waitForURL(/\/risk\/subjects\?month=2025-06&area=320671002/);
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
  await page.goto('/risk/subjects?month=2025-06&tier=D&only=direct');
  expect(await page.locator('tbody td:nth-child(2)').allTextContents()).toEqual(
    Array.from({ length: await page.locator('tbody tr').count() }, () => 'D'),
  );
  await page.locator('tbody a').first().click();
  await page.waitForURL(/\/subjects\/9/);
  await snapshot(page, 'subject-1440-light');
});

test('by the keyboard the slider moves the maps from month to month; without scripts the choice of a month does', async () => {
  const page = await dashboard.page({ account: office, width: 390 });
  await visit(page, '/risk?tier=D');
  const slider = page.getByRole('slider', { name: '逐月移动' });
  const title = page.getByRole('heading', { level: 2 }).first();
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL(/\/risk\?tier=D&month=2025-05$/);
  await expect.poll(() => title.textContent()).toContain('2025-05 D 级主体');
  expect(await slider.getAttribute('aria-valuetext')).toBe('2025-05');
  await page.keyboard.press('Home');
  await page.waitForURL(/month=2025-03$/);
  await page.keyboard.press('End');
  await page.waitForURL(/\/risk\?tier=D$/);
  await expect.poll(() => title.textContent()).toContain('2025-06 D 级主体');
  const plain = await dashboard.page({ account: office, width: 390, scripts: false });
  await plain.goto('/risk?tier=D');
  expect(await plain.getByRole('slider').count()).toBe(0);
  await plain.getByLabel('月份').selectOption('2025-04');
  await plain.getByRole('main').getByRole('button').first().click();
  await plain.waitForURL(/month=2025-04/);
  expect(await plain.getByRole('heading', { level: 2 }).first().textContent()).toContain('2025-04 D 级主体');
});

test('a leader sees maps, no split of a small cell, no subject; a unit nothing', async () => {
  const leader = await dashboard.page({ account: { name: 'leader', roles: ['leader'] } });
  await leader.goto('/risk?mode=count');
  await charts(leader, 2);
  const content = await leader.content();
  expect(content).toContain('不足 5 户的格不显示分级');
  expect(content).not.toMatch(/91320600MA1|risk\/subjects|exposed|effective/);
  expect((await leader.goto('/risk/subjects'))?.status()).toBe(403);
  const unit = await dashboard.page({ account: { name: 'scjg', roles: ['unit'], units: ['scjg'] } });
  expect((await unit.goto('/risk'))?.status()).toBe(403);
});

test('on a phone, in the dark: nothing wider than the screen; in print legible; an earlier month by its address', async () => {
  const page = await dashboard.page({ account: office, width: 390, theme: 'dark' });
  await page.goto('/risk?month=2025-04&tier=D');
  await charts(page, 2);
  await snapshot(page, 'risk-390-dark');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toContain('2025-04 D 级主体');
  expect(await seriousFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 1080, height: 760 });
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('combobox').first().isVisible()).toBe(false);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  // Dark ink on white paper, whatever the screen had.
  expect(await brightness(page, 'color')).toBeLessThan(80);
  expect(await brightness(page, 'backgroundColor')).toBeGreaterThan(240);
  await snapshot(page, 'risk-print');
  await page.emulateMedia({ media: 'screen' });
  expect((await page.goto('/risk?tier=x'))?.status()).toBe(400);
});
