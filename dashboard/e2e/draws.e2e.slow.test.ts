/** A draw from the office’s plan over the witness’s screen to the inspector’s result, in a real browser. */

import { makeUscc } from '@hengjian/generator/uscc.ts';
import { addDays } from '@hengjian/models/calendar/day.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { legalDay } from '../src/lib/draws/legal-day.ts';
import { formatDay } from '../src/lib/i18n/format.ts';
import { type PageOptions, seriousFindings, visit } from './harness.ts';
import { sharedDashboard } from './shared-dashboard.ts';
import { snapshot } from './snapshot.ts';
import { patient } from './wait.ts';

const OFFICE = { name: 'office', roles: ['office'] } as const satisfies PageOptions['account'];
const WITNESS = { name: 'witness', roles: ['leader'] } as const satisfies PageOptions['account'];
const usccOf = (index: number) => makeUscc('91', '320671', index);
const NAMES = ['示例禾渡餐饮有限公司', '示例澜川烧烤店', '示例砚序酒店有限公司'];
let serial = 0;
/** What the pages list is of the year of the clock: everything has happened today, and certificates end by it. */
const today = legalDay();
const year = Number(today.slice(0, 4));
const visitsOn = addDays(today, 1);

function event(type: string, data: Record<string, unknown>, rest: Partial<TestEvent> = {}): TestEvent {
  const time = `${today}T00:00:00+08:00`;
  return { id: `e${serial++}`, source: '/test', type, time, department: 'scjg', data, ...rest };
}

const dashboard = sharedDashboard((warehouse) =>
  loadEvents(warehouse, [
    ...Array.from({ length: 80 }, (_, index) =>
      event(
        'entity.registered',
        {
          name: `${NAMES[index % 3]}${index}号`,
          kind: 'enterprise',
          industry: index % 2 ? 'H62' : 'F52',
          registered_on: '2024-01-01',
        },
        { subject: usccOf(index), region: index % 4 ? '320671001' : '320671002' },
      ),
    ),
    ...Array.from({ length: 80 }, (_, index) =>
      event('tier.changed', { tier: 'AAAAAABBCD'[index % 10] }, { subject: usccOf(index) }),
    ),
    event('plan.filed', { plan_id: `PL-${year}-scjg`, year }),
    ...['T8', 'T9'].flatMap((task) => [
      event(
        'task.created',
        { task_id: task, year, scope: 'single', lead: 'sthj', directed: true, title: '环境专项抽查' },
        { department: 'sthj' },
      ),
      event(
        'draw.executed',
        { task_id: task, objects: [7, 8, 9].map(usccOf) },
        { department: 'sthj', time: `${today}T00:00:01+08:00` },
      ),
    ]),
    ...['T7', 'T8', 'T9'].map((task) =>
      event(
        'inspection.done',
        { task_id: task, inspectors: ['07'] },
        { subject: usccOf(70), department: 'sthj', time: `${today}T00:00:02+08:00` },
      ),
    ),
    ...['01', '02', '03', '04'].map((id, index) =>
      event('inspector.registered', {
        inspector: id,
        name: `${'陈王李张'[index]}某`,
        certificate: `苏F-${id}`,
        valid_until: addDays(today, index === 3 ? 20 : 900),
        active: true,
        account: `inspector-${id}`,
      }),
    ),
  ]),
);

async function looked(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page)).toEqual([]);
  await snapshot(page, name);
}

/** Of a cell that was drawn whole nobody is in reserve, and which these are the lot decides. */
async function replaceOne(office: Page, kept: string): Promise<void> {
  const who = office.getByLabel('无法检查的对象');
  const subjects = await who
    .locator('option')
    .evaluateAll((options) => options.map((one) => one.getAttribute('value')));
  for (const subject of subjects.filter((one) => one && one !== kept)) {
    const form = office.locator('form[action^="?/replace"]');
    if (!(await form.isVisible())) await office.getByText('更换检查对象').click();
    await who.selectOption(subject);
    await form.getByLabel('原因').fill('查无下落');
    await form.getByLabel('批准人').fill('李主任');
    const [answer] = await Promise.all([
      office.waitForResponse((response) => response.request().method() === 'POST'),
      form.getByRole('button').click(),
    ]);
    if (answer.status() === 303) return office.getByText('（备选递补）').first().waitFor({ timeout: 60_000 });
    await office.getByText('备选已用完').waitFor();
  }
  throw new Error('no subject could be replaced');
}

test('office → witness → inspector', async () => {
  const office = await dashboard.page({ account: OFFICE });
  await visit(office, '/draws');
  await expect.poll(() => office.getByText('环境专项抽查').count(), patient).toBe(2);
  const often = office.getByRole('region', { name: '多头重复检查提醒' });
  await expect.poll(() => often.getByRole('row').count(), patient).toBe(2);
  await looked(office, 'draws-list');

  // A task is created and its rules are set.
  await office.getByRole('link', { name: '新的抽取' }).click();
  await office.getByText('或者新建抽查任务').click();
  await office.getByLabel('任务编号').fill('RW-2026-1');
  await office.getByLabel('任务名称').fill('餐饮服务双随机抽查');
  await office.getByLabel('牵头部门').selectOption('scjg');
  await office.getByLabel('抽查事项').first().fill('登记事项\n公示信息');
  await office.getByRole('button', { name: '新建任务' }).click();
  // The form of before has the same fields.
  await office.waitForURL('**/draws/new?task=RW-2026-1');
  await office.getByLabel('抽取总数').fill('百');
  await office.getByRole('button', { name: '预览' }).click();
  await office.getByText('请填写整数。').waitFor();
  await office.getByLabel('抽取总数').fill('6');
  await office.getByRole('button', { name: '预览' }).click();
  await office.getByText('预计抽取 6 户').waitFor();
  await office.getByText('等级来源：/test').waitFor();
  // Three that another department has drawn and not visited stand in this frame.
  const merges = office.getByRole('region', { name: '可合并检查的任务' });
  expect(await merges.getByRole('row', { name: /T8/ }).getByRole('cell').allTextContents()).toEqual([
    expect.any(String),
    '3',
    '0',
  ]);
  await looked(office, 'draws-preview');

  // The commitment: its beacon lies ahead, its secret is shown once.
  const clock = (ms: number) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })
      .format(ms)
      .replace(' ', 'T');
  await office.getByLabel('名称').fill('双色球2026138期');
  await office.getByLabel('产生时间').fill(clock(Date.now() - 60_000));
  await office.getByRole('button', { name: '冻结名录并生成承诺' }).click();
  await office.getByText('信标必须在承诺之后产生').waitFor();
  const out = Date.now() + 20_000;
  await office.getByLabel('产生时间').fill(clock(out));
  await office.getByLabel('名称').fill('双色球2026138期');
  await office.getByRole('button', { name: '冻结名录并生成承诺' }).click();
  const secret = (await office.locator('[data-secret]').textContent({ timeout: 60_000 })) ?? '';
  expect(secret).toMatch(/^[\da-f]{64}$/);
  expect(await office.getByRole('img', { name: '承诺值二维码' }).count()).toBe(1);
  await looked(office, 'draws-commitment');
  await office.getByRole('link', { name: '前往任务页面' }).click();
  await office.getByRole('heading', { name: '餐饮服务双随机抽查' }).waitFor();

  // The witness’s screen waits, then follows the draw.
  const witness = await dashboard.page({ account: WITNESS });
  await visit(witness, '/draws/RW-2026-1/screen?step=1');
  await witness.getByText('等待信标产生并抽取').waitFor();
  const [row] = await dashboard.warehouse.query<{ commit: string }>(
    "SELECT JSONExtractString(data, 'commit') AS commit FROM events WHERE type = 'draw.committed'",
  );
  await witness.getByText(row!.commit).waitFor();

  await office.getByLabel('信标结果').fill('03 07 12 18 25 31 + 09');
  await office.getByLabel('秘密值').fill('00'.repeat(32));
  await expect.poll(() => Date.now(), { timeout: 60_000 }).toBeGreaterThan(out);
  await office.getByRole('button', { name: '抽取', exact: true }).click();
  await office.getByText('秘密值与任务 RW-2026-1 的承诺不符').waitFor();
  await office.getByLabel('秘密值').fill(secret ?? '');
  await office.getByRole('button', { name: '抽取', exact: true }).click();
  await office.getByRole('heading', { name: '检查对象（6 户）' }).waitFor({ timeout: 60_000 });

  await witness.getByRole('link', { name: '抽中名单' }).click({ timeout: 60_000 });
  await witness.getByText('抽中名单 6/6').waitFor({ timeout: 60_000 });
  expect(await witness.locator('.names > li').count()).toBe(6);
  expect(await witness.content()).not.toMatch(/"tier"|[ABCD] 级/);
  await looked(witness, 'draws-screen');
  await witness.keyboard.press('ArrowRight');
  await witness.getByText('抽取完成').waitFor();

  // Inspectors and a recusal, visible for ever.
  await office.getByLabel('检查日期').fill(visitsOn);
  await office.getByRole('button', { name: '抽取检查人员' }).click();
  await office.getByText(`计划检查日期：${formatDay('zh-CN', visitsOn)}`).waitFor({ timeout: 60_000 });
  await office.getByText('检查人员回避').click();
  await office.getByLabel('回避人员和检查对象').selectOption({ index: 1 });
  await office.getByLabel('原因').last().fill('亲属任职');
  await office.getByLabel('批准人').last().fill('李主任');
  await office.getByRole('button', { name: '重抽该名额' }).click();
  await office.getByText('亲属任职').waitFor({ timeout: 60_000 });
  await visit(office, '/draws/RW-2026-1?verify=1&detail=1');
  await office.getByText('项全部通过').waitFor();
  const visits = office.getByRole('region', { name: '检查对象（6 户）' }).first();
  expect(await visits.getByRole('table').getByRole('link').first().getAttribute('href')).toMatch(/\/subjects\/9/);
  await looked(office, 'draws-task');

  await office.getByRole('button', { name: '公布抽取结果' }).click();
  await office.getByText('公布时间').waitFor();
  expect(await office.getByRole('button', { name: '公布抽取结果' }).count()).toBe(0);
  const record = await office.request.get('/draws/RW-2026-1/public.json');
  expect(record.status()).toBe(200);
  const published = (await record.json()) as { selected: string[]; plan: { beacon: { name: string } } };
  expect(published.selected).toHaveLength(6);
  expect(published.plan.beacon.name).toBe('双色球2026138期');
  expect(JSON.stringify(published)).not.toMatch(/"tier":|"key":|"salt":/);
  const proof = await office.request.get(`/draws/RW-2026-1/proof?subject=${published.selected[0]}`);
  expect(((await proof.json()) as { drawn: boolean }).drawn).toBe(true);
  expect((await witness.request.get(`/draws/RW-2026-1/proof?subject=${published.selected[0]}`)).status()).toBe(403);

  // The inspector sees the visits drawn for that person, on a phone, and enters a result.
  const [team] = await dashboard.warehouse.query<{ inspector: string; subject: string }>(
    `SELECT JSONExtractString(pair, 'subject') AS subject, JSONExtract(pair, 'inspectors', 'Array(String)')[2] AS inspector
     FROM (SELECT arrayJoin(JSONExtractArrayRaw(data, 'pairs')) AS pair FROM events WHERE type = 'draw.inspectors_executed')
     ORDER BY subject DESC LIMIT 1`,
  );
  const account = { name: `inspector-${team!.inspector}`, roles: ['inspector'] } as const;
  const phone = await dashboard.page({ account, width: 390, height: 844 });
  await phone.getByRole('heading', { name: '我的检查' }).waitFor();
  await looked(phone, 'tasks-phone');
  await visit(phone, `/tasks/RW-2026-1/${team!.subject}`);
  await phone.getByRole('checkbox', { name: '未发现问题' }).check();
  await phone.getByRole('checkbox', { name: '发现问题待后续处理' }).check();
  await phone.getByRole('button', { name: '录入结果' }).click();
  await phone.getByText('“未发现问题”不能与其他结果同选。').first().waitFor();
  await phone.getByRole('checkbox', { name: '未发现问题' }).uncheck();
  await phone.getByRole('checkbox', { name: '未按规定公示' }).check();
  await phone.getByRole('button', { name: '录入结果' }).click();
  await phone.getByText('检查结果已录入。').waitFor();
  await looked(phone, 'tasks-result-phone');
  await phone.emulateMedia({ media: 'print' });
  await snapshot(phone, 'tasks-notice-print');
  const other = await phone.request.get(`/tasks/T8/${usccOf(7)}`);
  expect(other.status()).toBe(404);

  // Somebody else cannot be found: the next of the reserve steps in, visible for ever.
  await visit(office, '/draws/RW-2026-1');
  await replaceOne(office, team!.subject);
  await looked(office, 'draws-replaced');

  // The office publishes it.
  await visit(office, '/draws/RW-2026-1');
  await office.getByRole('button', { name: '公示所选结果' }).click();
  await office.getByText('1 户的结果已公示。').waitFor();
}, 400_000);

test('the library on a phone and in the dark; an entry is added, an error stands at its field', async () => {
  const page = await dashboard.page({ account: OFFICE, width: 390, height: 844, theme: 'dark' });
  await visit(page, '/draws/inspectors');
  await looked(page, 'inspectors-dark-phone');
  await page.getByLabel('部门').last().selectOption('scjg');
  await page.getByLabel('人员编号').fill('05');
  await page.getByLabel('姓名').first().fill('赵某');
  await page.getByLabel('有效期至').fill(addDays(today, 400));
  await page.getByLabel('年度工作量上限').fill('多');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('请填写整数。').first().waitFor();
  await page.getByLabel('年度工作量上限').fill('30');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('赵某 的信息已保存。').waitFor();
  await expect.poll(() => page.getByText('5 人').count(), patient).toBeGreaterThan(0);
  for (const [address, name] of [
    ['/draws', 'draws-dark-phone'],
    ['/draws/new?task=RW-2026-1&preview=1&n=5', 'draws-new-dark-phone'],
    ['/draws/RW-2026-1', 'draws-task-dark-phone'],
  ] as const) {
    await visit(page, address);
    await looked(page, name);
  }
}, 200_000);
