import { expect, test } from 'vitest';
import { SAMPLE } from '../../../e2e/fill-sample.ts';
import { office, seriousFindings } from '../../../e2e/harness.ts';
import { sharedDashboard } from '../../../e2e/shared-dashboard.ts';
import { snapshot } from '../../../e2e/snapshot.ts';
import { charts, patient } from '../../../e2e/wait.ts';

const dashboard = sharedDashboard(SAMPLE);

for (const theme of ['light', 'dark'] as const) {
  for (const width of [390, 1440]) {
    test(`heat at ${width} px, ${theme}: drawn, accessible, without complaints`, async () => {
      const page = await dashboard.page({ account: office, width, theme });
      await page.goto('/heat?quarter=2025Q2');
      await charts(page, 2);
      await snapshot(page, `heat-${width}-${theme}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await seriousFindings(page)).toEqual([]);
      await page.goto('/heat?quarter=2025Q2&unit=scjg&measure=complaints&mode=count&area=320671001&industry=C');
      await charts(page, 3);
      await snapshot(page, `heat-narrow-${width}-${theme}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(await seriousFindings(page)).toEqual([]);
    });
  }
}

test('pointing names unit, week, numerator and denominator; a click narrows to the unit and the address keeps it', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/heat?quarter=2025Q2&indicator=login');
  await charts(page, 2);
  const cell = page.locator('.drawing').first().locator('.mark-rect.role-mark path').nth(3);
  await cell.hover({ force: true });
  const tip = page.locator('.tip');
  expect(await tip.textContent()).toMatch(/\d+\/\d+ = \d+\.\d+%/);
  await cell.click({ force: true });
  await page.waitForURL(/unit=/);
  await expect.poll(() => page.locator('figure h3').first().textContent(), patient).toContain('各指标各周');
  const address = page.url();
  await page.goBack();
  await expect.poll(() => page.locator('figure h3').first().textContent(), patient).toContain('登录率');
  await page.goto(address);
  expect(await page.locator('figure h3').first().textContent()).toContain('各指标各周');
});

test('by month and by quarter units have a column each, areas one month; the choice of one map leaves the other', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/heat?quarter=2025Q2&indicator=login&month=2025-05');
  await charts(page, 2);
  const titles = () => page.locator('figure h3').allTextContents();
  expect((await titles())[1]).toContain('2025年5月');
  await page.locator('select[name=scale]').selectOption('month');
  await page.waitForURL(/scale=month/);
  await expect.poll(async () => (await titles())[0], patient).toContain('各单位各月');
  const columns = () => page.locator('figure').first().locator('thead th').allTextContents();
  await expect.poll(columns, patient).toEqual(expect.arrayContaining(['2025-01', '2025-06']));
  expect(new URL(page.url()).searchParams.get('month')).toBe('2025-05');
  await page.goto('/heat?quarter=2025Q2&indicator=inspections&scale=quarter');
  await charts(page, 2);
  expect((await columns()).slice(-2)).toEqual(['2025Q1', '2025Q2']);
  expect(await seriousFindings(page)).toEqual([]);
});

test('by keyboard a cell of the area map opens its months', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/heat?quarter=2025Q2&measure=complaints&mode=count');
  await charts(page, 2);
  await page.locator('.drawing').nth(1).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect
    .poll(() => page.locator('[aria-live=polite]').nth(1).textContent(), patient)
    .toMatch(/^第.街道 · [A-T] .+/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/area=\d+&industry=[A-T]/);
  await charts(page, 3);
  await page.getByRole('link', { name: '收起' }).click();
  await page.waitForURL((url) => !url.searchParams.has('area'));
});

test('a leader sees the maps and no single subject; an account limited to an area sees that area only', async () => {
  const leader = await dashboard.page({ account: { name: 'leader', roles: ['leader'] } });
  await leader.goto('/heat?quarter=2025Q2&measure=penalties');
  await charts(leader, 2);
  expect(await leader.content()).not.toMatch(/9[123]3206[0-9A-Z]{12}/);
  const local = await dashboard.page({ account: { name: 'town', roles: ['leader'], areas: ['320671001'] } });
  await local.goto('/heat?quarter=2025Q2&measure=penalties');
  await charts(local, 1);
  expect(await local.locator('.empty').textContent()).toContain('限定了区域');
  const heads = await local.locator('figure').nth(1).locator('thead th').allTextContents();
  expect(heads).toEqual(['行业门类', '第一街道']);
});

test('wrong parameters are refused by name', async () => {
  const page = await dashboard.page({ account: office });
  expect((await page.goto('/api/v1/heat/units?quarter=2025Q2&indicator=x'))?.status()).toBe(404);
  expect((await page.goto('/api/v1/heat/units?quarter=2025Q2&indicator=a%20b'))?.status()).toBe(400);
  expect((await page.goto('/api/v1/heat/areas?quarter=2025Q2&measure=x'))?.status()).toBe(400);
  expect((await page.goto('/heat?quarter=1999Q1'))?.status()).toBe(400);
  expect((await page.goto('/heat?quarter=2011Q1'))?.status()).toBe(404);
  dashboard.problems();
});
