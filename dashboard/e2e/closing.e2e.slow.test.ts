/** A quarter from its draft to the circular: shown, contested, answered, published, proved, corrected. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadProject } from '@hengjian/models';
import { verifyFile } from '@hengjian/models/publication/verify-file.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { loadEvents, type TestEvent } from '@hengjian/models/testing/load-events.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { tableFromIPC } from 'apache-arrow';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE } from './fill-sample.ts';
import { office, openDashboard, seriousFindings, type TestDashboard } from './harness.ts';
import { snapshot } from './snapshot.ts';

interface LostRow {
  kind: string;
  key: string;
  subject: string;
}

let dashboard: TestDashboard;
let lost: LostRow;
const OBJECTION = '2025Q2-scjg-claim-000001';
const unit = { name: 'scjg', roles: ['unit'], units: ['scjg'] } as const;

const event = (id: string, type: string, time: string, department: string, data: object): TestEvent => ({
  id,
  source: 'test://closing',
  type,
  time,
  department,
  data: data as TestEvent['data'],
});

/** The sample, the draft of its second quarter shown in its time, with one objection. */
async function fill(warehouse: Warehouse, dataDir: string): Promise<void> {
  const [row] = await warehouse.query<LostRow>(
    `SELECT kind, key, subject FROM shown_lost_points
     WHERE quarter = '2025Q2' AND unit = 'scjg' AND item = 'claim' AND kind = 'unclaimed' ORDER BY key LIMIT 1`,
  );
  lost = row!;
  await loadEvents(warehouse, [
    event('shown', 'draft.shown', '2025-07-10T09:00:00+08:00', 'office', { quarter: '2025Q2', shown_on: '2025-07-10' }),
    event('filed', 'score_objection.filed', '2025-07-11T09:00:00+08:00', 'scjg', {
      objection_id: OBJECTION,
      quarter: '2025Q2',
      unit: 'scjg',
      item: 'claim',
      rows: [{ kind: lost.kind, key: lost.key }],
      grounds: '该主体已于期限内在省平台认领，系统未同步。',
    }),
  ]);
  await refresh(warehouse, loadProject({ dataDir }));
}

beforeAll(async () => {
  dashboard = await openDashboard(fill, {}, SAMPLE);
}, 600_000);
afterAll(() => dashboard?.close());
afterEach(() => expect(dashboard.problems()).toEqual([]));

async function ended(page: Page): Promise<void> {
  await page.waitForURL('**/publications/jobs/**');
  await page.waitForFunction(() => document.querySelector('main progress') === null, undefined, { timeout: 240_000 });
}

test('the office shows a draft; a unit objects to a row of its own score, says why, and takes it back', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/publications');
  await snapshot(page, 'publications');
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('link', { name: '2025年第一季度' }).click();
  await page.getByRole('button', { name: '告知草稿' }).click();
  await page.getByText('草稿已于').waitFor();
  expect(await page.locator('.tag').first().textContent()).toBe('草稿已告知，异议期内');

  const own = await dashboard.page({ account: unit, width: 390 });
  await own.goto('/units/scjg/claim?quarter=2025Q1');
  await own.getByRole('link', { name: '提出异议' }).click();
  await own.getByRole('button', { name: '提交异议' }).waitFor();
  expect(await seriousFindings(own)).toEqual([]);
  const box = own.getByRole('checkbox').first();
  const row = await box.getAttribute('value');
  await box.check();
  await own.locator('textarea').fill(' ');
  await own.getByRole('button', { name: '提交异议' }).click();
  await own.getByText('请写明异议理由').first().waitFor();
  // What was chosen is kept.
  expect(await own.getByRole('checkbox', { checked: true }).first().getAttribute('value')).toBe(row);
  await snapshot(own, 'objection-form-390');
  await own.locator('textarea').fill('平台故障期间无法认领');
  await own.getByRole('button', { name: '提交异议' }).click();
  await own.waitForURL('**/objections?filed=**');
  await own.getByText('异议已提出').waitFor();
  await own
    .getByText(row!.slice(row!.indexOf(':') + 1))
    .first()
    .waitFor();
  expect(await own.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await snapshot(own, 'objections-unit-390');

  await own.goto('/units/scjg/claim?quarter=2025Q1');
  await own.getByText('平台故障期间无法认领').waitFor();
  const other = await dashboard.page({ account: { name: 'czj', roles: ['unit'], units: ['czj'] } });
  await other.goto('/objections');
  await other.getByText('没有异议').waitFor();

  await own.goto('/objections?quarter=2025Q1');
  await own.getByRole('button', { name: '撤回' }).click();
  await own.locator('.tag', { hasText: '已撤回' }).waitFor();
}, 300_000);

test('a contested quarter is not published until the objection is answered; then it is, once, and proves itself', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/publications/2025Q2');
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByText('请先勾选确认').first().waitFor();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await ended(page);
  await page.getByText('还有1件异议没有答复').waitFor();

  await page.goto('/objections?quarter=2025Q2');
  await page.getByText('答复', { exact: true }).click();
  await page.getByRole('button', { name: '提交答复' }).click();
  await page.getByText('请选择处理结果').first().waitFor();
  await page.getByRole('radio', { name: '成立', exact: true }).check();
  await page.getByRole('textbox').fill('经核实，平台同步延迟属实。');
  await snapshot(page, 'objections-office');
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: '提交答复' }).click();
  await page.getByText('已答复：成立').waitFor();

  await page.goto('/publications/2025Q2');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await ended(page);
  await page.getByText('2025年第二季度已发布').waitFor();
  await snapshot(page, 'published');
  await page.goto('/publications/2025Q2');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'JSON' }).click(),
  ]);
  const file = await download.path();
  expect((await verifyFile(file, '2025Q2', undefined)).every(({ ok }) => ok)).toBe(true);
  expect(JSON.parse(readFileSync(file, 'utf8')).record.by).toBe('office');

  const auditor = await dashboard.page({ account: { name: 'audit', roles: ['auditor'] }, theme: 'dark' });
  await auditor.goto('/publications/verify');
  await auditor.getByRole('button', { name: '重算核验' }).click();
  await ended(auditor);
  await auditor.getByText(/\d+项核验全部通过/).waitFor();
  await snapshot(auditor, 'verified-dark');
  expect(await seriousFindings(auditor)).toEqual([]);
}, 600_000);

test('what is recorded later is previewed with its cause, and published as a correction with a reason', async () => {
  await loadEvents(dashboard.warehouse, [
    {
      ...event('late-claim', 'push.claimed', '2025-06-20T10:00:00+08:00', 'scjg', { push_id: lost.key }),
      subject: lost.subject,
    },
  ]);
  const page = await dashboard.page({ account: office, width: 1024 });
  await page.goto('/publications/2025Q2');
  await page.getByRole('button', { name: '预览更正' }).click();
  await ended(page);
  await page.getByText('late-claim').first().waitFor();
  await snapshot(page, 'correction-preview');
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('textbox').fill('异议成立，补录认领');
  await page.getByRole('button', { name: '发布更正' }).click();
  await ended(page);
  await page.getByText('更正已发布（第2次）').waitFor();
  await page.goto('/publications/year?year=2025');
  await snapshot(page, 'year');
  await page.getByRole('row', { name: /市场监管局/ }).waitFor();
}, 600_000);

test('the circular has the office’s words, is previewed, issued with its hash, and told from other files', async () => {
  const page = await dashboard.page({ account: office });
  await page.goto('/publications/2025Q2');
  await page.getByRole('link', { name: '通报' }).click();
  await page.getByLabel('文号').fill('通联席办〔2025〕7号');
  await page.getByLabel('发文单位').fill(' ');
  await page.getByLabel('下一步工作要求').fill('抓紧补录，按期反馈。');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('请填写发文单位').first().waitFor();
  // What was typed is kept.
  expect(await page.getByLabel('文号').inputValue()).toBe('通联席办〔2025〕7号');
  await page.getByLabel('发文单位').fill('市场监管联席会议办公室');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('已保存').waitFor();
  const preview = page.getByRole('article');
  await preview.getByText('通联席办〔2025〕7号').waitFor();
  await preview.getByText('抓紧补录，按期反馈。').waitFor();
  await preview.getByText(/异议成立，补录认领/).waitFor();
  const bars = preview.getByRole('img');
  await bars.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => (document.querySelector('article img') as HTMLImageElement).naturalWidth > 100);
  await snapshot(page, 'circular');
  expect(await seriousFindings(page)).toEqual([]);

  await page.getByLabel('文件格式').selectOption('pdf');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: '印发' }).click();
  await page.getByText('已印发，文件散列值').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '取回文件' }).click(),
  ]);
  const file = await download.path();
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  await page
    .getByLabel('文件', { exact: true })
    .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: readFileSync(file) });
  await page.getByRole('button', { name: '核对文件' }).click();
  await page.getByText(/这就是.*印发的文件/).waitFor();
  await page
    .getByLabel('文件', { exact: true })
    .setInputFiles({ name: 'b.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-other') });
  await page.getByRole('button', { name: '核对文件' }).click();
  await page.getByText('这不是本次通报印发的文件').waitFor();

  await page.goto('/units/scjg?quarter=2025Q2');
  const [pack] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载本单位证据包' }).click(),
  ]);
  const files = unzipSync(readFileSync(await pack.path()));
  for (const line of strFromU8(files['manifest.sha256']!).trim().split('\n')) {
    const [hash, name] = line.split('  ');
    expect([name, createHash('sha256').update(files[name!]!).digest('hex')]).toEqual([name, hash]);
  }
  const score = JSON.parse(strFromU8(files['score.json']!));
  const frozen = JSON.parse(strFromU8(files['record.json']!)).snapshot;
  const published = frozen.units.find((one: { unit: string }) => one.unit === 'scjg');
  expect([score.total, score.items.length]).toEqual([published.total, published.items.length]);
  const events = strFromU8(files['events.ndjson']!)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const has = (id: string) => events.some((one) => one.id === id);
  // The push of each row that is there, the event that corrected the score, no score itself.
  expect(has('late-claim')).toBe(true);
  expect(events.some(({ type }) => type.startsWith('score.'))).toBe(false);
  const rows = strFromU8(files['rows.csv']!).trim().split('\r\n');
  expect(rows.length).toBeGreaterThan(10);
  const named = rows.slice(1).flatMap((row) => (row.startsWith('claim,') ? [row.split(',').at(-1)!] : []));
  expect(named.filter((id) => !has(id))).toEqual([]);

  const leader = await dashboard.page({ account: { name: 'leader', roles: ['leader'] }, width: 390, theme: 'dark' });
  await leader.goto('/publications/2025Q2/circular');
  await leader.getByRole('article').waitFor();
  expect(await leader.getByRole('button', { name: '印发' }).count()).toBe(0);
  expect(await leader.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await snapshot(leader, 'circular-390-dark');
  const [brief] = await Promise.all([
    leader.waitForEvent('download'),
    leader.getByRole('link', { name: '领导要情' }).click(),
  ]);
  expect(
    readFileSync(await brief.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
}, 600_000);

test('an item says what would be enough and names its subjects; tables leave as Parquet and Arrow, of one’s own units only', async () => {
  const own = await dashboard.page({ account: unit });
  await own.goto('/units/scjg?quarter=2025Q2');
  await own.getByRole('heading', { name: '总分变化的来由' }).waitFor();
  await snapshot(own, 'unit-change');
  await own.goto('/units/scjg/licence?quarter=2025Q2');
  await own.getByText('怎样才够').waitFor();
  await own.getByText(/Wilson .*Jeffreys/).waitFor();
  await own.goto('/units/scjg/claim?quarter=2025Q2');
  const named = await own.locator('tbody .name').count();
  expect(named).toBeGreaterThan(0);
  await snapshot(own, 'item');
  expect(await seriousFindings(own)).toEqual([]);

  const table = async (page: Page, name: string) =>
    Buffer.from(await (await page.request.get(`/tables/2025Q2/${name}`)).body());
  const whole = await dashboard.page({ account: office });
  expect((await table(whole, 'scores.parquet')).subarray(0, 4).toString()).toBe('PAR1');
  const units = (bytes: Buffer) =>
    [
      ...new Set(
        tableFromIPC(bytes)
          .toArray()
          .map((row) => String(row?.unit)),
      ),
    ].sort();
  expect(units(await table(whole, 'lost.arrow')).length).toBeGreaterThan(5);
  for (const name of ['scores.arrow', 'lost.arrow']) expect(units(await table(own, name))).toEqual(['scjg']);
  expect((await own.request.get('/tables/2099Q1/scores.arrow')).status()).toBe(404);
}, 300_000);

describe('without scripts, on a phone', () => {
  const plain = { width: 390, height: 844, scripts: false } as const;
  let page: Page;
  let own: Page;
  beforeAll(async () => {
    page = await dashboard.page({ account: office, ...plain });
    own = await dashboard.page({ account: unit, ...plain });
  });
  const press = (on: Page, name: string) =>
    on.getByRole('main').getByRole('button', { name, exact: true }).first().click();
  /** Nothing of the page lies beside the screen. */
  const fits = async (on: Page, name: string) => {
    expect([name, await on.evaluate(() => document.documentElement.scrollWidth)]).toEqual([name, 390]);
    await snapshot(on, `plain-${name}`);
  };

  test('a unit goes from its desk over a lost row to its objection, and the office answers', async () => {
    await own.goto('/units/scjg?quarter=2025Q1');
    await fits(own, 'unit');
    await own.goto('/units/scjg/claim?quarter=2025Q1');
    await fits(own, 'item');
    await own.getByRole('link', { name: '提出异议' }).click();
    await fits(own, 'objection');
    const box = own.getByRole('checkbox').first();
    const row = await box.getAttribute('value');
    await box.check();
    await own.locator('textarea').fill(' ');
    await press(own, '提交异议');
    await own.getByText('请写明异议理由').first().waitFor();
    expect(await own.getByRole('checkbox', { checked: true }).first().getAttribute('value')).toBe(row);
    await own.locator('textarea').fill('省平台停机，无法认领');
    await press(own, '提交异议');
    await own.waitForURL('**/objections?filed=**');
    await fits(own, 'objections');

    await page.goto('/objections?quarter=2025Q1&state=open');
    await page.getByText('答复', { exact: true }).click();
    await fits(page, 'answer');
    await page.getByRole('textbox').fill('经核实，停机属实。');
    await press(page, '提交答复');
    await page.getByText('请选择处理结果').first().waitFor();
    // What was typed is kept, and the form is still open.
    expect(await page.getByRole('textbox').inputValue()).toBe('经核实，停机属实。');
    await page.getByRole('radio', { name: '部分成立' }).check();
    await press(page, '提交答复');
    await page.getByText('已答复：部分成立').waitFor();
    await own.goto('/units/scjg/claim?quarter=2025Q1');
    await own.getByText('经核实，停机属实。').waitFor();
  }, 180_000);

  test('the office publishes a quarter, previews what came late, and publishes the correction with its reason', async () => {
    await page.goto('/publications');
    await fits(page, 'publications');
    await page.goto('/publications/2025Q3');
    await fits(page, 'quarter');
    await press(page, '发布');
    await page.getByText('请先勾选确认').first().waitFor();
    await page.getByRole('checkbox').check();
    await press(page, '发布');
    await page.waitForURL('**/publications/jobs/**');
    // The page asks again by itself.
    await page.getByText('2025年第三季度已发布').waitFor({ timeout: 240_000 });
    await fits(page, 'published');

    // An objection that is upheld is carried out by a form, long after the cut-off: a push that should not have been is voided.
    const [wrong] = await dashboard.warehouse.query<{ source: string; id: string }>(
      `SELECT event_source AS source, event_id AS id FROM shown_lost_points
       WHERE quarter = '2025Q3' AND unit = 'scjg' AND item = 'claim' AND kind = 'unclaimed' ORDER BY key LIMIT 1`,
    );
    await page.goto(`/entries/voids?${new URLSearchParams({ event: wrong!.id, source: wrong!.source })}`);
    await fits(page, 'void');
    await page.getByText(/2025年第三季度.*已发布，发布更正后计入/).waitFor();
    await page.getByLabel('作废理由').fill('重复推送');
    await press(page, '作废该事件');
    await page.waitForURL(/recorded=void/);
    await page.goto('/publications/2025Q3');
    await press(page, '预览更正');
    await page.getByText('/hengjian/forms').first().waitFor({ timeout: 240_000 });
    await fits(page, 'preview');
    await page.getByRole('textbox').fill(' ');
    await press(page, '发布更正');
    await page.getByRole('alert').first().waitFor();
    await fits(page, 'correction');
    await page.getByRole('textbox').fill('补录认领');
    await press(page, '发布更正');
    await page.getByText('更正已发布（第2次）').waitFor({ timeout: 240_000 });
  }, 600_000);

  test('the circular is written, issued, taken away and told from another file', async () => {
    await page.goto('/publications/2025Q3');
    await page.getByRole('link', { name: '通报', exact: true }).click();
    await fits(page, 'circular');
    await page.getByLabel('文号').fill('通联席办〔2025〕9号');
    await page.getByLabel('发文单位').fill(' ');
    await press(page, '保存');
    await page.getByText('请填写发文单位').first().waitFor();
    expect(await page.getByLabel('文号').inputValue()).toBe('通联席办〔2025〕9号');
    await page.getByLabel('发文单位').fill('联席会议办公室');
    await press(page, '保存');
    await page.getByText('已保存').waitFor();
    await page.getByRole('article').getByText('通联席办〔2025〕9号').waitFor();
    await press(page, '印发');
    await page.getByText('请先勾选').first().waitFor();
    await page.getByLabel('文件格式').selectOption('docx');
    await page.getByRole('checkbox').check();
    await press(page, '印发');
    await page.getByText('已印发，文件散列值').waitFor();
    await fits(page, 'issued');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '取回文件' }).click(),
    ]);
    const buffer = readFileSync(await download.path());
    for (const [name, content, answer] of [
      ['a.docx', buffer, /这就是.*印发的文件/],
      ['b.docx', Buffer.from('other'), /这不是本次通报印发的文件/],
    ] as const) {
      await page
        .getByLabel('文件', { exact: true })
        .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: content });
      await press(page, '核对文件');
      await page.getByText(answer).waitFor();
    }
  }, 300_000);
});
