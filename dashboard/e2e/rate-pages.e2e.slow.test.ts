/** The pages of rule sets without points, under all four of them at once; and that these keep apart what is done about a quarter. */
import { findRuleSet } from '@hengjian/models/ruleset/load-rule-sets.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fillRateExamples, RATE_RULE_SETS } from './fill-rate-examples.ts';
import { office, openDashboard, seriousFindings, type TestDashboard } from './harness.ts';
import { snapshot } from './snapshot.ts';

let dashboard: TestDashboard;
beforeAll(async () => {
  dashboard = await openDashboard(fillRateExamples, { HENGJIAN_RULESET: RATE_RULE_SETS.join(',') });
}, 1_200_000);
afterAll(() => dashboard?.close());
afterEach(() => expect(dashboard.problems()).toEqual([]));

const Q = 'quarter=2025Q2';
const ADDRESSES: Record<string, string> = {
  ...Object.fromEntries(RATE_RULE_SETS.map((id) => [`matrix-${id}`, `/?${Q}&ruleset=${id}`])),
  places: `/places?${Q}&ruleset=baoshan`,
  county: `/places/530521?${Q}&ruleset=baoshan`,
  township: `/places/530521?${Q}&ruleset=baoshan&township=530521002&item=claim`,
  tableau: `/tableau?${Q}&ruleset=national`,
  'loop-jieshou': `/loop?${Q}&ruleset=jieshou`,
  'loop-national': `/loop?${Q}&ruleset=national&unit=gaj`,
  'backfill-jieshou': `/backfill?${Q}&ruleset=jieshou`,
  'backfill-baoshan': `/backfill?${Q}&ruleset=baoshan`,
  absent: `/tableau?${Q}&ruleset=baoshan`,
  ...Object.fromEntries(RATE_RULE_SETS.map((id) => [`rules-${id}`, `/rules?ruleset=${id}`])),
};

describe.each([
  { theme: 'light', width: 1440, locale: 'zh-CN' },
  { theme: 'dark', width: 1440, locale: 'en' },
  { theme: 'light', width: 390, locale: 'en' },
  { theme: 'dark', width: 390, locale: 'zh-CN' },
] as const)('$theme, $width px, $locale', (look) => {
  test('no serious finding of axe, nothing wider than the window, no key without its text', {
    timeout: 900_000,
  }, async () => {
    const page = await dashboard.page({ account: office, ...look });
    for (const [name, address] of Object.entries(ADDRESSES)) {
      await page.goto(address);
      await drawn(page);
      await snapshot(page, `rate-${name}-${look.width}-${look.theme}-${look.locale}`);
      expect([name, await seriousFindings(page)]).toEqual([name, []]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([name, overflow <= 0]).toEqual([name, true]);
      const text = await said(page.locator('main'));
      expect([name, /\b(places|tableau|loop|backfill|rate_pages|rates)\.[a-z]/.exec(text)?.[0]]).toEqual([
        name,
        undefined,
      ]);
    }
  });
});

/** What a part of the page says, seen or heard. */
const said = async (part: Locator) => (await part.textContent()) ?? '';

/** Charts are drawn when a page has come to rest. */
async function drawn(page: Page): Promise<void> {
  if ((await page.locator('figure.chart .stage').count()) > 0)
    await page.locator('figure.chart svg.marks').first().waitFor();
}

test('from a county to its township, its department and the one record that is missing', {
  timeout: 300_000,
}, async () => {
  const page = await dashboard.page({ account: office });
  await page.goto(`/?${Q}&ruleset=baoshan`);
  await page.goto(ADDRESSES.places!);
  const county = page.locator('tr', { has: page.getByRole('link', { name: '施甸县' }) });
  expect(await said(county.locator('td').first())).toMatch(/3\/4\*\s*75\.0%/);
  await county.getByRole('link', { name: '施甸县' }).click();
  await page.waitForURL('**/places/530521?**ruleset=baoshan**');
  const town = page.locator('tr', { has: page.getByRole('link', { name: '530521002' }) });
  const cell = await said(town.locator('td').first());
  expect(cell).toContain('2/3*');
  expect(cell).toContain('66.7%');
  expect(cell).toContain('第2');
  expect(cell).toMatch(/95%区间 \d+\.\d%–\d+\.\d%/);
  await town.getByRole('link', { name: '530521002' }).click();
  await page.getByRole('rowheader', { name: 'sd-scj' }).waitFor();
  await page.locator('tr', { hasText: 'sd-scj' }).locator('td a').first().click();
  await page.waitForURL('**department=sd-scj**');
  const records = page.locator('section table tbody tr');
  expect(await records.count()).toBe(1);
  expect(await said(records)).toContain('M2');
  expect(await said(records)).toContain('未办');
  await page.getByRole('navigation', { name: '情况' }).getByText('已办').click();
  await page.getByText('所选范围内没有记录').waitFor();
  const answer = await page.goto(`/places/530521?${Q}&township=%3Cx%3E&ruleset=baoshan`);
  expect(answer!.status()).toBe(400);
});

test('a unit sees its own place only, an account of a township the figures of that', { timeout: 300_000 }, async () => {
  const own = await dashboard.page({ account: { name: 'sd', roles: ['unit'], units: ['530521'] } });
  await own.goto(ADDRESSES.places!);
  expect(await own.locator('main tbody tr').count()).toBe(1);
  expect((await own.goto(`/places/530502?${Q}&ruleset=baoshan`))!.status()).toBe(403);
  const town = await dashboard.page({ account: { name: 'town', roles: ['leader'], areas: ['530521002'] } });
  await town.goto(ADDRESSES.county!);
  expect(await town.locator('main tbody tr').count()).toBe(1);
  expect(await said(town.locator('main tbody'))).not.toContain('第');
  await town.goto(ADDRESSES['loop-jieshou']!);
  await town.getByText('不分区域').waitFor();
});

test('tableau, loop and burn-down show the figures of the worked examples; the menu has the pages of the rule set', {
  timeout: 300_000,
}, async () => {
  const page = await dashboard.page({ account: office });
  await page.goto(ADDRESSES.tableau!);
  const card = (name: string) => page.locator('li.card', { has: page.getByRole('heading', { name, exact: true }) });
  expect(await said(card('归集部门总体覆盖率'))).toContain('/5');
  expect(await said(card('数据标准执行率'))).toContain('1499/1500');
  expect(await said(card('数据标准执行率'))).toContain('99.9%');
  const menu = page.locator('nav.places');
  expect(await said(menu)).toContain('归集公示');
  expect(await said(menu)).not.toContain('重点指标');
  await page.goto(ADDRESSES['loop-jieshou']!);
  const gaj = page.locator('table.item-table tr', { has: page.getByRole('link', { name: '市公安局' }) });
  expect(await said(gaj)).toMatch(/1\/\d/);
  // Of three old records of the worked example two were entered; its document sets no day.
  await page.goto(`${ADDRESSES['backfill-baoshan']}&unit=530502`);
  await page.getByText('存量 3 条，已补录 2 条（66.7%）；剩余 1 条。').waitFor();
});

test('every page is printed without what is only for the screen', { timeout: 300_000 }, async () => {
  const page = await dashboard.page({ account: office });
  for (const name of ['places', 'township', 'tableau', 'loop-jieshou', 'backfill-jieshou', 'rules-baoshan']) {
    await page.goto(ADDRESSES[name]!);
    await drawn(page);
    await page.emulateMedia({ media: 'print' });
    expect([name, await page.locator('.no-print:visible').count()]).toEqual([name, 0]);
    await snapshot(page, `rate-print-${name}`);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'screen' });
  }
});

test('a draft is tried on a past quarter: what is wrong with it is said, what it changes is shown', {
  timeout: 600_000,
}, async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/rules?ruleset=jieshou');
  await page.getByRole('link', { name: '用草案试算往季' }).click();
  await page.goto('/rules/whatif?ruleset=jieshou');
  await page.getByLabel('季度').selectOption('2025Q2');
  await page.getByRole('button', { name: '开始试算' }).click();
  await page.getByText('请上传草案文件').first().waitFor();
  const text = findRuleSet('jieshou').text;
  const send = async (draft: string) => {
    await page
      .getByLabel('草案文件')
      .setInputFiles({ name: 'draft.yaml', mimeType: 'text/yaml', buffer: Buffer.from(draft) });
    await page.getByLabel('季度').selectOption('2025Q2');
    await page.getByRole('button', { name: '开始试算' }).click();
  };
  await send(text.replace('receipt.deadlineWorkdays: 5', 'receipt.deadlineWorkdays: -5'));
  await page.getByText('草案不可用').first().waitFor();
  await snapshot(page, 'rate-whatif-wrong');
  expect(await seriousFindings(page)).toEqual([]);
  await send(text.replace('receipt.deadlineWorkdays: 5', 'receipt.deadlineWorkdays: 6'));
  await page.waitForURL('**/publications/jobs/**');
  const row = page.locator('tr', { hasText: '市公安局' });
  await row.getByText('1/3 (0)').waitFor({ timeout: 240_000 });
  expect(await said(row)).toContain('1/3 (1)');
  await snapshot(page, 'rate-whatif');
  expect(await seriousFindings(page)).toEqual([]);
});

describe('what is done about a quarter under one rule set', () => {
  const quarterOf = (id: string) => `/publications/2025Q2?ruleset=${id}`;
  const state = async (page: Page, id: string) => {
    await page.goto(quarterOf(id));
    return (await said(page.locator('main .tag').first())).trim();
  };
  async function ended(page: Page): Promise<void> {
    await page.waitForURL('**/publications/jobs/**');
    await page.waitForFunction(() => document.querySelector('main progress') === null, undefined, { timeout: 400_000 });
  }

  test('is not done under another: draft, objection, answer', { timeout: 600_000 }, async () => {
    const page = await dashboard.page({ account: office });
    const before = await state(page, 'jieshou');
    await page.goto(quarterOf('baoshan'));
    await page.getByRole('button', { name: '告知草稿' }).click();
    await page.getByText('草稿已于').waitFor();
    expect(await state(page, 'baoshan')).toBe('草稿已告知，异议期内');
    expect(await state(page, 'jieshou')).toBe(before);
    // gaj is a unit of both rule sets, with an item claim in each.
    const gaj = await dashboard.page({ account: { name: 'gaj', roles: ['unit'], units: ['gaj'] } });
    await gaj.goto(`/units/gaj/claim?${Q}&ruleset=jieshou`);
    expect(await gaj.getByRole('link', { name: '提出异议' }).count()).toBe(0);
    await gaj.goto(`/units/gaj/claim/objection?${Q}&ruleset=baoshan`);
    await gaj.locator('textarea').fill('推送数据有误');
    await gaj.getByRole('button', { name: '提交异议' }).click();
    await gaj.waitForURL('**/objections?filed=**');
    await page.goto('/objections?ruleset=jieshou');
    expect(await said(page.locator('main'))).not.toContain('推送数据有误');
    await page.goto('/objections?ruleset=baoshan');
    await page.getByText('推送数据有误').waitFor();
  });

  test('nor publication and circular', { timeout: 900_000 }, async () => {
    const page = await dashboard.page({ account: office });
    await page.goto(quarterOf('jieshou'));
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await ended(page);
    await page.getByText('2025年第二季度已发布').waitFor();
    expect(await state(page, 'jieshou')).toBe('已发布');
    expect(await state(page, 'baoshan')).toBe('草稿已告知，异议期内');
    expect((await page.goto('/publications/2025Q2/circular?ruleset=jieshou'))!.status()).toBe(200);
    expect((await page.goto('/publications/2025Q2/circular?ruleset=baoshan'))!.status()).toBe(404);
    await page.goto(`/?${Q}&ruleset=jieshou`);
    await page.locator('main .facts').getByText('已发布').waitFor();
    await page.goto(`/?${Q}&ruleset=baoshan`);
    expect(await said(page.locator('main .facts'))).toContain('草稿');
  });
});
