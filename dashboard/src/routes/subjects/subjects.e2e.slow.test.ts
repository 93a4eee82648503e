/** One subject as the office, a leader and a unit see it: found, its life, its tier for those who may. */
import { loadIndicators } from '@hengjian/models/risk/indicators/load-indicators.ts';
import { refreshRisk } from '@hengjian/models/risk/refresh-risk.ts';
import { parseMonth } from '@hengjian/models/risk/risk-month.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { expect, test } from 'vitest';
import { SAMPLE } from '../../../e2e/fill-sample.ts';
import { office, seriousFindings } from '../../../e2e/harness.ts';
import { sharedDashboard } from '../../../e2e/shared-dashboard.ts';
import { snapshot } from '../../../e2e/snapshot.ts';

const SUBJECT = '91320600MA1DEM015E';
const about = { source: '/test', region: '320671001', subject: SUBJECT };
const dashboard = sharedDashboard(
  async (warehouse: Warehouse) => {
    const registered = { name: '示例甲餐饮有限公司', kind: 'enterprise', industry: 'H', registered_on: '2024-01-02' };
    const penalty = { doc_no: 'D-7', decided_on: '2025-02-01', procedure: 'general', kind: '罚款', amount: 150_000 };
    await loadEvents(warehouse, [
      {
        ...about,
        id: 's1',
        type: 'entity.registered',
        time: '2024-01-02T10:00:00+08:00',
        department: 'scjg',
        data: registered,
      },
      {
        ...about,
        id: 's2',
        type: 'penalty.entered',
        time: '2025-02-05T10:00:00+08:00',
        department: 'sthj',
        data: penalty,
      },
      {
        ...about,
        id: 's3',
        type: 'blacklist.listed',
        time: '2025-03-05T10:00:00+08:00',
        department: 'scjg',
        data: { reason: 'x', decided_on: '2025-03-05' },
      },
      {
        ...about,
        id: 's4',
        type: 'tier.changed',
        time: '2025-03-06T10:00:00+08:00',
        department: 'scjg',
        data: { tier: 'B', model_version: 'province', reasons: ['逾期未年报', '联系电话变更频繁'] },
      },
    ]);
    await refreshRisk(warehouse, loadIndicators(), { months: ['2025-05', '2025-06'].map((id) => parseMonth(id)!) });
  },
  { filled: SAMPLE },
);

test('the office finds a subject by a part of its name and reads its life and its tier with reasons', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/subjects');
  await page.getByLabel('代码、名称或编号').fill('示例甲餐饮');
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('link', { name: '示例甲餐饮有限公司' }).click();
  await page.waitForURL(`**/subjects/${SUBJECT}`);
  const card = page.getByRole('region', { name: '信用风险等级' }).first();
  expect(await card.textContent()).toMatch(/2025-06 为 D，指数/);
  expect(await card.textContent()).toMatch(/因“在严重违法失信名单中”直接判定/);
  expect(await card.textContent()).toMatch(/省级分类为 B.*本办为 D/);
  expect(await card.textContent()).toMatch(/省级分类载明的理由：.*逾期未年报.*联系电话变更频繁/s);
  expect(await page.locator('.life > li').count()).toBe(4);
  expect(await page.locator('.life').textContent()).toMatch(/理由\s*逾期未年报；联系电话变更频繁/);
  expect(await page.locator('.life').textContent()).toMatch(/列入严重违法失信.*行政处罚/s);
  expect(await seriousFindings(page)).toEqual([]);
  await page.goto(`/subjects/${SUBJECT}?group=sanction`);
  expect(await page.locator('.life > li').count()).toBe(2);
  const logged = () =>
    dashboard.warehouse.query<{ path: string }>(
      "SELECT path FROM access_log WHERE account = 'office' AND route = '/subjects/[uscc]'",
    );
  await expect.poll(async () => (await logged()).length, { timeout: 20_000 }).toBeGreaterThan(0);
});

test('a leader and a unit see no tier, not even among the records; a unit only what it did', async () => {
  const leader = await dashboard.page({ account: { name: 'leader', roles: ['leader'] } });
  await leader.goto(`/subjects/${SUBJECT}`);
  expect(await leader.locator('.life > li').count()).toBe(3);
  expect(await leader.content()).not.toMatch(/信用风险等级|tier_by_points|分级变动|逾期未年报/);
  const unit = await dashboard.page({ account: { name: 'sthj', roles: ['unit'], units: ['sthj'] } });
  await unit.goto(`/subjects/${SUBJECT}`);
  expect(await unit.locator('.life > li').count()).toBe(2);
  expect(await unit.content()).not.toMatch(/信用风险等级|列入严重违法失信/);
  const stranger = await dashboard.page({ account: { name: 'czj', roles: ['unit'], units: ['czj'] } });
  expect((await stranger.goto(`/subjects/${SUBJECT}`))?.status()).toBe(404);
  const inspector = await dashboard.page({ account: { name: 'i', roles: ['inspector'] } });
  expect((await inspector.goto('/subjects'))?.status()).toBe(403);
});

test('without scripts, on a phone, in the dark: searchable and readable; nothing found says what to do', async () => {
  const page = await dashboard.page({ account: office, width: 390, theme: 'dark', scripts: false });
  await page.goto('/subjects?q=nobody');
  expect(await page.getByRole('status').textContent()).toContain('没有找到“nobody”');
  await page.goto(`/subjects/${SUBJECT}`);
  await snapshot(page, 'subject-390-dark');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('示例甲餐饮有限公司');
  expect((await page.goto('/subjects/91320600MA1DEM015E?month=x'))?.status()).toBe(400);
});
