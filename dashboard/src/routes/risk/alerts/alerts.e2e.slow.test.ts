/** Alerts in a browser: the office assigns, the unit disposes, without scripts too; nobody sees what is not theirs. */
import { raiseAlerts } from '@hengjian/models/risk/alerts/raise-alerts.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import { writeDirectly } from '@hengjian/models/testing/write-directly.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { expect, test } from 'vitest';
import { office, seriousFindings } from '../../../../e2e/harness.ts';
import { sharedDashboard } from '../../../../e2e/shared-dashboard.ts';
import { snapshot } from '../../../../e2e/snapshot.ts';

const OFTEN = '91320600MA10000005';
const VISITS = `2026-03-visits-${OFTEN}`;

function district(): TestEvent[] {
  const events: TestEvent[] = [];
  const tell = (type: string, id: string, day: string, more: Partial<TestEvent>) =>
    events.push({ id, source: '/test', type, time: `${day}T10:00:00+08:00`, department: 'scjg', data: {}, ...more });
  for (let n = 0; n < 120; n++) {
    const subject = `91320600MA1${String(n).padStart(7, '0')}`;
    const data = { name: `示例企业${n}`, kind: 'enterprise', industry: 'H', registered_on: '2020-01-02' };
    tell('entity.registered', `E${n}`, '2020-01-02', { subject, region: `32067100${1 + (n % 4)}`, data });
    for (const month of ['2025-12', '2026-01', '2026-02', '2026-03']) {
      const found = n % 5 === 0 || (month === '2026-03' && n % 4 === 2 && n % 3 < 2);
      tell('result.entered', `R${month}-${n}`, `${month}-12`, {
        ...{ subject, data: { task_id: `T${month}`, codes: found ? ['E'] : ['1'] } },
      });
    }
  }
  for (const [unit, day] of [
    ['scjg', '2025-06-02'],
    ['xfdd', '2025-11-03'],
    ['yjgl', '2026-03-05'],
  ] as const)
    tell('inspection.done', `V-${unit}`, day, {
      ...{ subject: OFTEN, department: unit, data: { task_id: `RW-${unit}`, inspectors: ['a', 'b'] } },
    });
  return events;
}

const dashboard = sharedDashboard(async (warehouse: Warehouse) => {
  await loadEvents(warehouse, district());
  await raiseAlerts(warehouse, writeDirectly(warehouse), new Date('2026-04-10T02:00:00Z'));
});

test('the office sees why, assigns with a day; the unit finds it on its desk and disposes of it', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/desk');
  expect(await page.locator('section[aria-labelledby="risk-alerts"]').textContent()).toMatch(/待交办\s*2/);
  await page.goto('/risk/alerts');
  await snapshot(page, 'risk-alerts-1440-light');
  expect(await seriousFindings(page)).toEqual([]);
  const funnel = page.getByRole('article', { name: /第三街道/ });
  expect(await funnel.textContent()).toMatch(
    /\d+\/30 次检查发现问题，占 \d+\.\d%.*n = 30 时的界限为 \d+\.\d%–\d+\.\d%/s,
  );
  expect(await funnel.getByRole('img').getAttribute('aria-label')).toMatch(/2025-12 .*2026-03 /);
  const often = page.getByRole('article', { name: /示例企业5：12 个月内被检查 3 次/ });
  expect(await often.textContent()).toMatch(/3 个部门共检查 3 次，上限 2 次/);
  expect(await often.getByRole('listitem').count()).toBe(3);
  await often.locator('summary', { hasText: /^交办/ }).click();
  await often.getByLabel('承办单位').selectOption('xfdd');
  await often.getByLabel('处置期限').fill('2099-12-31');
  await often.getByLabel('要求（可不填）').fill('请与安监合并检查');
  await often.getByRole('button', { name: '交办' }).click();
  await page.waitForURL(/recorded=assign/);
  expect(await page.getByRole('article').textContent()).toMatch(
    /已交办.*office.*交办给.*处置期限 2099年12月31日.*请与安监合并检查/s,
  );

  const unit = await dashboard.page({ account: { name: 'xfdd', roles: ['unit'], units: ['xfdd'] } });
  await unit.goto('/desk');
  await unit.locator('section[aria-labelledby="risk-alerts"] a').click();
  await unit.waitForURL(/risk\/alerts\?alert=/);
  expect(await unit.getByRole('article').count()).toBe(1);
  await unit.goto('/risk/alerts');
  expect(await unit.getByRole('article').count()).toBe(1);
  expect(await unit.locator('summary', { hasText: /交办/ }).count()).toBe(0);
  await unit.locator('summary', { hasText: /^处置/ }).click();
  await unit.getByLabel('处置情况').fill('已与安监合并，年内不再检查');
  await unit.getByRole('button', { name: '记录处置' }).click();
  await unit.waitForURL(/recorded=dispose/);
  expect(await unit.getByRole('article').textContent()).toMatch(/已处置.*年内不再检查/s);
});

test('another unit sees and does nothing of it; what is missing is said beside its field; without scripts', async () => {
  const other = await dashboard.page({ account: { name: 'czj', roles: ['unit'], units: ['czj'] } });
  await other.goto('/risk/alerts');
  expect(await other.getByRole('article').count()).toBe(0);
  expect(await other.locator('main').textContent()).toContain('没有交办给本单位的预警');
  const refused = await other.request.post('/risk/alerts?/dispose', {
    form: { alert: VISITS, text: 'x' },
    headers: { origin: new URL(other.url()).origin, accept: 'text/html' },
  });
  expect(refused.status()).toBe(400);
  const leader = await dashboard.page({ account: { name: 'leader', roles: ['leader'] } });
  await leader.goto('/risk/alerts?topic=findings');
  expect(await leader.getByRole('article').count()).toBe(1);
  expect(await leader.locator('article form').count()).toBe(0);
  const plain = await dashboard.page({ account: office, scripts: false, width: 390, theme: 'dark' });
  await plain.goto('/risk/alerts?topic=findings');
  await plain.locator('summary', { hasText: /^不交办/ }).click();
  await plain.getByLabel('处置情况').fill('  ');
  await plain.getByRole('button', { name: '记录处置' }).click();
  await plain.waitForLoadState();
  expect(await plain.getByRole('alert').textContent()).toContain('请填写处置情况');
  await snapshot(plain, 'risk-alerts-390-dark');
  expect((await leader.goto('/risk/alerts?state=x'))?.status()).toBe(400);
});
