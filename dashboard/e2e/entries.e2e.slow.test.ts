/**
 * What people enter, walked as office and as unit: from a missing attendance to its entry to the score; each form also
 * with wrong input, in a browser that runs no scripts, on a phone.
 */
import { loadProject, type Project } from '@hengjian/models';
import { localDay } from '@hengjian/models/runner/quarter-scope.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { goldenG1 } from '@hengjian/models/testing/golden-log.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import ExcelJs from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { office, openDashboard, seriousFindings, type TestDashboard } from './harness.ts';
import { snapshot } from './snapshot.ts';
import { patient } from './wait.ts';

const USCC = '91320600MA1DEM015E';
const scjg = { name: 'scjg', roles: ['unit'], units: ['scjg'] } as const;
const today = localDay(new Date());

let dashboard: TestDashboard;
let project: Project;
let desk: Page;
let unit: Page;

const push = (id: string, department: string): TestEvent => ({
  source: 'test://registry',
  id: `pushed-${id}`,
  type: 'registration.pushed',
  time: new Date(Date.now() - 3_600_000).toISOString(),
  department,
  subject: USCC,
  data: { push_id: id, bucket: 'licensed', matters: ['食品经营许可'], name: '南通德玛食品有限公司' },
});

beforeAll(async () => {
  dashboard = await openDashboard(async (warehouse, dataDir) => {
    project = loadProject({ dataDir });
    await loadEvents(warehouse, [...goldenG1(), push('NOW-1', 'scjg'), push('NOW-2', 'scjg'), push('NOW-3', 'czj')]);
    await refresh(warehouse, project);
  });
  desk = await dashboard.page({ account: office, scripts: false, width: 390, height: 844 });
  unit = await dashboard.page({
    account: { ...scjg, units: [...scjg.units] },
    scripts: false,
    width: 390,
    height: 844,
  });
}, 600_000);
afterAll(() => dashboard?.close());
afterEach(() => expect(dashboard.problems()).toEqual([]));

const send = (page: Page, name: string | RegExp) =>
  page.getByRole('main').getByRole('button', { name }).first().click();
const rowsOf = async (type: string) =>
  dashboard.warehouse.query<{ department: string; data: string }>(
    `SELECT toString(e.department) AS department, e.data AS data FROM events AS e WHERE e.type = {type:String} AND e.source = '/hengjian/forms' ORDER BY e.recorded_at, e.id`,
    { type },
  );
/** The page has no scripts of its own; a test may ask it all the same. */
const fitsTheWindow = async (page: Page) =>
  expect([page.url(), await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([page.url(), 390]);

describe('the office', () => {
  test('enters a missing attendance, and the point comes back at the next refresh', async () => {
    const score = async () => {
      const { units } = (await (await desk.request.get('/api/v1/quarters/2025Q2/scores')).json()) as {
        units: { unit: string; items: { item: string; points: number }[] }[];
      };
      return units.find((one) => one.unit === 'scjg')!.items.find(({ item }) => item === 'meeting')!.points;
    };
    expect(await score()).toBe(6);
    await desk.goto('/entries/meetings?meeting=M1');
    await fitsTheWindow(desk);
    await desk.getByRole('group', { name: '市场监管局' }).getByLabel('代会').check();
    await send(desk, '记录签到');
    await desk.waitForURL(/recorded=attendance/);
    await expect(desk.getByRole('status').first().textContent()).resolves.toContain('下次刷新时计入');
    expect(await desk.getByText('待下次刷新计入').count()).toBe(1);
    // The page of the score is kept until the refresh, and says all the same what it will count.
    const waiting = async () => (await (await desk.request.get('/units/scjg/waiting.json')).json()).length;
    expect(await waiting()).toBe(1);
    const reader = await dashboard.page({ account: office });
    for (const path of ['/units/scjg', '/units/scjg/meeting']) {
      await reader.goto(`${path}?quarter=2025Q2`);
      await reader.getByRole('heading', { name: '已受理，下次刷新计入得分' }).waitFor();
    }
    await refresh(dashboard.warehouse, project);
    await expect.poll(waiting, patient).toBe(0);
    await reader.getByRole('heading', { name: '已受理，下次刷新计入得分' }).waitFor({ state: 'detached' });
    await reader.context().close();
    await expect.poll(score, patient).toBe(7);
    await desk.reload();
    expect(await desk.getByText('待下次刷新计入').count()).toBe(0);
    expect(await desk.getByRole('group', { name: '市场监管局' }).getByLabel('代会').isChecked()).toBe(true);
    // The same again changes nothing, and says so.
    await send(desk, '记录签到');
    expect(await desk.getByRole('alert').textContent()).toContain('没有改动');
  }, 180_000);

  test('takes it back: the entry is voided with its reason, and the void of the void restores it', async () => {
    await desk.goto('/entries/meetings');
    await desk.getByRole('link', { name: '作废', exact: true }).first().click();
    const main = desk.getByRole('main');
    expect(await main.textContent()).toContain('代会');
    await desk.getByLabel('作废理由').fill('  ');
    await send(desk, '作废该事件');
    expect(await desk.getByRole('alert').textContent()).toContain('理由');
    await desk.getByLabel('作废理由').fill('签到表登记有误');
    await send(desk, '作废该事件');
    await desk.waitForURL(/recorded=void/);
    await desk.goto('/entries/meetings?meeting=M1');
    expect(await desk.getByRole('group', { name: '市场监管局' }).getByLabel('未到').isChecked()).toBe(true);
    expect(await desk.getByText('签到表登记有误').count()).toBeGreaterThan(0);
    await desk.goto('/entries/voids');
    await desk.getByRole('link', { name: '作废', exact: true }).first().click();
    expect(await main.textContent()).toContain('恢复：会议');
    await desk.getByLabel('作废理由').fill('原登记无误');
    await send(desk, '作废该事件');
    await desk.waitForURL(/recorded=void/);
    await desk.goto('/entries/meetings?meeting=M1');
    expect(await desk.getByRole('group', { name: '市场监管局' }).getByLabel('代会').isChecked()).toBe(true);
    await desk.goto('/entries/voids?event=no-such-event');
    await fitsTheWindow(desk);
    expect(await main.textContent()).toContain('没有编号为“no-such-event”的事件');
  }, 120_000);

  test('awards a mark; what is wrong stands beside its field, and what was typed stays', async () => {
    await desk.goto('/entries/marks');
    await fitsTheWindow(desk);
    await desk.getByLabel('被评单位').selectOption('scjg');
    await desk.getByLabel('评分项').selectOption('dr_single');
    await desk.getByLabel('分值').fill('60');
    await desk.getByLabel('理由').fill('抽查记录完整');
    await desk.getByLabel('批准人').fill('李主任');
    await send(desk, '记录评分');
    const points = desk.getByLabel('分值');
    expect(await points.getAttribute('aria-invalid')).toBe('true');
    const described = (await points.getAttribute('aria-describedby'))!;
    expect(await desk.locator(`[id="${described}"]`).textContent()).toContain('0 至 6');
    expect([await points.inputValue(), await desk.getByLabel('理由').inputValue()]).toEqual(['60', '抽查记录完整']);
    expect(await rowsOf('mark.awarded')).toEqual([]);
    await points.fill('5.5');
    await send(desk, '记录评分');
    await desk.waitForURL(/recorded=mark/);
    const [mark] = await rowsOf('mark.awarded');
    expect(JSON.parse(mark!.data)).toMatchObject({
      unit: 'scjg',
      points: 5.5,
      approver: '李主任',
      entered_by: 'office',
    });
    expect(await desk.getByRole('main').textContent()).toContain('为市场监管局评 5.5 分');
  }, 120_000);

  test('nobody marks the own unit: an office account that is limited to one', async () => {
    const own = await dashboard.page({
      account: { name: 'scjg-office', roles: ['office'], units: ['scjg'] },
      scripts: false,
    });
    await own.goto('/entries/marks');
    expect(await own.getByLabel('被评单位').locator('option[value=scjg]').count()).toBe(0);
    const post = await own.request.post('/entries/marks', {
      headers: { origin: dashboard.url, accept: 'text/html' },
      form: { quarter: quarterNow(), item: 'dr_single', unit: 'scjg', points: '6', reason: 'x', approver: 'y' },
    });
    expect([post.status(), (await post.text()).includes('不得为本单位评分')]).toEqual([400, true]);
    expect(await rowsOf('mark.awarded')).toHaveLength(1);
  }, 60_000);

  test('declares an outage, asks for a material, holds a meeting', async () => {
    await desk.goto('/entries/outages');
    await fitsTheWindow(desk);
    await desk.getByLabel('首日').fill('2025-05-08');
    await desk.getByLabel('末日').fill('2025-05-06');
    await desk.getByLabel('理由').fill('机房断电');
    await desk.getByLabel('财政局').check();
    await send(desk, '登记故障');
    expect(await desk.getByRole('alert').textContent()).toContain('起始日晚于截止日');
    expect(await desk.getByLabel('财政局').isChecked()).toBe(true);
    await desk.getByLabel('末日').fill('2025-05-09');
    await send(desk, '登记故障');
    await desk.waitForURL(/recorded=outage/);
    expect((await rowsOf('outage.declared')).map(({ data }) => JSON.parse(data).units)).toEqual([['czj']]);

    await desk.goto('/entries/materials');
    await fitsTheWindow(desk);
    await desk.getByLabel('名称').fill('  ');
    await desk.getByLabel('截止日期').fill('2025-01-01');
    await send(desk, '布置');
    expect(await desk.getByRole('alert').locator('li').count()).toBe(2);
    await desk.getByLabel('名称').fill('年度总结');
    await desk.getByLabel('截止日期').fill(today);
    await send(desk, '布置');
    await desk.waitForURL(/recorded=due/);
    expect(await desk.getByRole('main').textContent()).toContain('年度总结');

    await desk.goto('/entries/meetings');
    await desk.getByLabel('名称').fill('第四次例会');
    await desk.getByLabel('会议编号').fill('M1');
    await send(desk, /登记会议/);
    expect(await desk.getByRole('alert').textContent()).toContain('编号“M1”已存在');
    await desk.getByLabel('会议编号').fill('HY-4');
    await send(desk, /登记会议/);
    await desk.waitForURL(/meeting=HY-4/);
    expect(await desk.getByRole('group').count()).toBeGreaterThan(10);
  }, 180_000);
});

describe('a unit, on a phone', () => {
  test('claims what is pushed to it, and feeds the outcome back', async () => {
    await unit.goto('/entries/pushes');
    await fitsTheWindow(unit);
    expect(await unit.getByRole('main').textContent()).not.toContain('财政局');
    await send(unit, '认领所选');
    expect(await unit.getByRole('alert').textContent()).toContain('请先勾选');
    const box = unit.getByRole('row').filter({ hasText: '南通德玛食品有限公司' }).first().getByRole('checkbox');
    const id = (await box.getAttribute('value'))!;
    await box.check();
    await send(unit, '认领所选');
    await unit.waitForURL(/recorded=claim/);
    expect((await rowsOf('push.claimed')).map(({ data }) => JSON.parse(data).push_id)).toEqual([id]);
    await unit.goto(`/entries/pushes?push=${id}`);
    await unit.getByLabel('办理结果').selectOption('licensed');
    await send(unit, '反馈办理结果');
    expect(await unit.getByRole('alert').textContent()).toContain('决定日期');
    expect(await unit.getByLabel('办理结果').inputValue()).toBe('licensed');
    await unit.getByLabel('决定日期').fill(today);
    await send(unit, '反馈办理结果');
    await unit.waitForURL(/recorded=feedback/);
    const [outcome] = await rowsOf('push.outcome_fed_back');
    expect([outcome!.department, JSON.parse(outcome!.data).decided_on]).toEqual(['scjg', today]);
    await unit.goto(`/entries/pushes?push=${id}`);
    expect(await unit.getByRole('main').textContent()).toContain('已办理');
  }, 120_000);

  test('a push of another unit is none of its business', async () => {
    const post = await unit.request.post('/entries/pushes?/claim', {
      headers: { origin: dashboard.url, accept: 'text/html' },
      form: { push_id: 'NOW-3' },
    });
    expect(post.status()).toBe(400);
    expect((await rowsOf('push.claimed')).length).toBe(1);
    for (const address of ['/entries/marks', '/entries/meetings', '/entries/outages', '/entries/voids'])
      expect([address, (await unit.request.get(address)).status()]).toEqual([address, 403]);
    const due = await unit.request.post('/entries/materials?/due', {
      headers: { origin: dashboard.url, accept: 'text/html' },
      form: { title: 'x', due_on: today, asked_on: today, required: 'czj' },
    });
    expect(due.status()).toBe(403);
  }, 60_000);

  test('hands in what it owes', async () => {
    await unit.goto('/entries/materials');
    await fitsTheWindow(unit);
    await unit.getByRole('button', { name: '登记已报送 市场监管局' }).first().click();
    await unit.waitForURL(/recorded=submitted/);
    expect((await rowsOf('material.submitted')).map(({ department }) => department)).toEqual(['scjg']);
    const other = await unit.request.post('/entries/materials?/submitted', {
      headers: { origin: dashboard.url, accept: 'text/html' },
      form: { obligation_id: 'O1', unit: 'czj' },
    });
    expect([other.status(), (await other.text()).includes('不能代“财政局”录入')]).toEqual([400, true]);
  }, 60_000);

  test('types a list, sends a zero report, and sends a file of the template', async () => {
    await unit.goto('/entries/lists?quarter=2025Q3&kind=licence');
    await fitsTheWindow(unit);
    await unit.getByLabel('统一社会信用代码 1').fill('91320600MA1DEM015F');
    await unit.getByLabel('决定书文号 1').fill('许可〔2025〕1号');
    await unit.getByLabel('决定日期 1').fill('2025-07-03');
    await send(unit, '报送清单');
    expect(await unit.getByRole('alert').textContent()).toContain('第 1 行：统一社会信用代码校验码错误');
    expect(await unit.getByLabel('决定书文号 1').inputValue()).toBe('许可〔2025〕1号');
    await unit.getByLabel('统一社会信用代码 1').fill(USCC);
    await send(unit, '报送清单');
    await unit.waitForURL(/recorded=rows/);
    expect(await unit.getByLabel('统一社会信用代码 1').inputValue()).toBe(USCC);

    await unit.goto('/entries/lists?quarter=2025Q3&kind=dishonest');
    await send(unit, '报送零报告');
    expect(await unit.getByRole('alert').textContent()).toContain('请先勾选确认');
    await unit.getByRole('checkbox').check();
    await send(unit, '报送零报告');
    await unit.waitForURL(/recorded=zero/);

    const template = await unit.request.get('/entries/lists/template?unit=scjg&quarter=2025Q3&kind=licence');
    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.load((await template.body()) as unknown as ArrayBuffer);
    const sheet = workbook.worksheets[0]!;
    const header = sheet.getColumn(1).values.indexOf('统一社会信用代码');
    sheet.getRow(header + 1).values = [USCC, '许可〔2025〕2号', '2025-08-01'];
    const filled = {
      name: '清单.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(await workbook.xlsx.writeBuffer()),
    };
    await unit.goto('/entries/lists?quarter=2025Q3&kind=licence');
    await unit.getByLabel('清单文件').setInputFiles({ ...filled, buffer: Buffer.from('no table at all') });
    await send(unit, '上传报送');
    expect(await unit.getByRole('alert').textContent()).toContain('不是可识别的季度清单');
    await unit.getByLabel('清单文件').setInputFiles(filled);
    await send(unit, '上传报送');
    await unit.waitForURL(/recorded=file/);
    const lists = (await rowsOf('quarter_list.submitted')).map(({ data }) => JSON.parse(data));
    expect(lists.map(({ kind, rows }) => [kind, rows.length])).toEqual([
      ['licence', 1],
      ['dishonest', 0],
      ['licence', 1],
    ]);
    expect(lists[2].rows[0]).toEqual({ uscc: USCC, doc_no: '许可〔2025〕2号', decided_on: '2025-08-01' });
    // A table of another unit is refused as a whole.
    sheet.getCell('B1').value = '财政局';
    const foreign = Buffer.from(await workbook.xlsx.writeBuffer());
    await unit.goto('/entries/lists?quarter=2025Q3&kind=licence');
    await unit.getByLabel('清单文件').setInputFiles({ ...filled, buffer: foreign });
    await send(unit, '上传报送');
    expect(await unit.getByRole('alert').textContent()).toContain('不能代“财政局”录入');
    expect(await rowsOf('quarter_list.submitted')).toHaveLength(3);
  }, 180_000);
});

describe('the desk', () => {
  test('of a unit: what is open with what it brings, done since the last refresh marked so; where it signed in to', async () => {
    const own = await dashboard.page({
      account: { ...scjg, name: 'scjg-2', units: [...scjg.units] },
      width: 390,
      height: 844,
    });
    await own.waitForURL('**/desk');
    const main = own.getByRole('main');
    expect(await main.getByRole('heading', { level: 1 }).textContent()).toBe('市场监管局的工作台');
    await own.goto('/desk');
    expect(await seriousFindings(own)).toEqual([]);
    expect(await own.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    expect(await main.textContent()).not.toContain('财政局');
    await snapshot(own, 'desk-unit-phone');
    expect((await own.request.get('/desk?unit=czj')).status()).toBe(200);
    expect(await (await own.request.get('/desk?unit=czj')).text()).not.toContain('财政局的工作台');
  }, 120_000);

  test('of the office: quarters, lists, overdue pushes, entries; and the desk of any unit', async () => {
    for (const [theme, width] of [
      ['light', 1440],
      ['dark', 390],
    ] as const) {
      const page = await dashboard.page({ account: office, theme, width });
      await page.goto('/desk');
      const text = (await page.getByRole('main').textContent()) ?? '';
      for (const part of ['2025年第二季度', '待答复的异议', '清单', '逾期推送', '最近录入', '第四次例会'])
        expect(text).toContain(part);
      expect(await seriousFindings(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
      await snapshot(page, `desk-office-${theme}`);
      await page.goto('/desk?unit=scjg');
      expect(await page.getByRole('main').textContent()).toContain('市场监管局的工作台');
      await snapshot(page, `desk-unit-${theme}`);
    }
  }, 180_000);
});

test('every page of entries is clean to assistive technology, in both schemes, and fits a phone', async () => {
  const dark = await dashboard.page({ account: office, theme: 'dark', width: 390, height: 844 });
  const light = await dashboard.page({ account: office });
  const addresses = ['', '/marks', '/meetings?meeting=HY-4', '/materials', '/outages', '/voids', '/lists', '/pushes'];
  for (const address of addresses)
    for (const page of [light, dark]) {
      await page.goto(`/entries${address}`);
      expect([address, await seriousFindings(page)]).toEqual([address, []]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect([address, wide]).toEqual([address, 0]);
      await snapshot(page, `entries${address.replace(/\W+/g, '-')}-${page === dark ? 'dark' : 'light'}`);
    }
}, 300_000);

function quarterNow(): string {
  return `${today.slice(0, 4)}Q${Math.ceil(Number(today.slice(5, 7)) / 3)}`;
}
