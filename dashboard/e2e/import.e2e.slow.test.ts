/**
 * Tables in and back, as the office with scripts and as a unit on a phone without: from the drop of files, wrong ones among
 * them, to the preview, an organ that gets its unit, the file with what is wrong, the import, a correction, and the undo.
 */
import { loadProject } from '@hengjian/models';
import { readVoids } from '@hengjian/models/queries/read-voids.ts';
import { refresh } from '@hengjian/models/runner/refresh.ts';
import { goldenG1 } from '@hengjian/models/testing/golden-log.ts';
import { loadEvents } from '@hengjian/models/testing/load-events.ts';
import ExcelJs from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { office, openDashboard, seriousFindings, type TestDashboard } from './harness.ts';
import { snapshot } from './snapshot.ts';

const USCC = '91320600MA1DEM015E';
const HEADER = [
  '行政相对人名称',
  '统一社会信用代码',
  '行政许可决定文书号',
  '许可类别',
  '许可决定日期',
  '许可机关',
  '备注信息',
];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let dashboard: TestDashboard;
let desk: Page;
let unit: Page;

beforeAll(async () => {
  dashboard = await openDashboard(async (warehouse) => {
    await loadEvents(warehouse, goldenG1());
    await refresh(warehouse, loadProject());
  });
  desk = await dashboard.page({ account: office });
  unit = await dashboard.page({
    account: { name: 'shsy', roles: ['unit'], units: ['shsy'] },
    scripts: false,
    width: 390,
    height: 844,
  });
}, 600_000);
afterAll(() => dashboard?.close());
afterEach(() => expect(dashboard.problems()).toEqual([]));

/** Licences under a title: of the unit, of an organ nobody knows, with a day that is none, of another unit. */
async function licences(kind = '普通'): Promise<Buffer> {
  const workbook = new ExcelJs.Workbook();
  const sheet = workbook.addWorksheet('许可');
  sheet.addRow(['2025年第二季度行政许可']);
  sheet.addRow(HEADER);
  sheet.addRow(['甲公司', USCC, '社许〔2025〕1号', kind, '2025-04-01', '社会事业局', '首次']);
  sheet.addRow(['甲公司', USCC, '社许〔2025〕2号', '普通', '2025-04-02', '演示区社会事业局']);
  sheet.addRow(['甲公司', USCC, '社许〔2025〕3号', '普通', '四月初', '社会事业局']);
  sheet.addRow(['甲公司', USCC, '财许〔2025〕4号', '普通', '2025-04-03', '财政局']);
  sheet.getRow(2).font = { bold: true };
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
const file = (name: string, buffer: Buffer) => ({ name, mimeType: XLSX, buffer });

async function sendFiles(page: Page, files: ReturnType<typeof file>[]): Promise<string> {
  await page.goto('/import');
  await page.getByLabel('选择文件').last().setInputFiles(files);
  return readAndShow(page);
}
async function readAndShow(page: Page): Promise<string> {
  await page.getByRole('button', { name: '读取并预览' }).click();
  await page.waitForURL(/\/import\/[\da-f-]{36}$/);
  return new URL(page.url()).pathname;
}
/** As from the desktop of whoever sits there. */
async function dropFiles(page: Page, files: ReturnType<typeof file>[]): Promise<string> {
  await page.goto('/import');
  const sent = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString('base64') }));
  const dataTransfer = await page.evaluateHandle((given) => {
    const dragged = new DataTransfer();
    for (const { name, mimeType, base64 } of given) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      dragged.items.add(new File([bytes], name, { type: mimeType }));
    }
    return dragged;
  }, sent);
  const zone = page.getByRole('group', { name: '选择文件' });
  // Nothing takes a drop before the page has its scripts.
  await expect
    .poll(
      async () => {
        await zone.dispatchEvent('dragover', { dataTransfer });
        await zone.dispatchEvent('drop', { dataTransfer });
        return zone.getByRole('listitem').allTextContents();
      },
      { timeout: 60_000, interval: 300 },
    )
    .toEqual(files.map(({ name }) => expect.stringContaining(name)));
  return readAndShow(page);
}
/** Until the work on it has ended; a page without scripts is loaded again. */
async function until(page: Page, state: string): Promise<string> {
  const main = page.getByRole('main');
  await expect
    .poll(
      async () => {
        await page.reload();
        return main.locator('.facts .tag').first().textContent();
      },
      { timeout: 60_000, interval: 300 },
    )
    .toBe(state);
  return (await main.textContent())!.replaceAll(/\s+/g, ' ');
}
const count = async (page: Page, label: string) =>
  Number(
    await page
      .locator('section[aria-labelledby=summary] dl > div')
      .filter({ hasText: label })
      .locator('dd')
      .textContent(),
  );
const stored = () =>
  dashboard.warehouse.query<{ source: string; id: string; department: string; doc: string; kind: string }>(
    `SELECT toString(source) AS source, id, toString(department) AS department, JSONExtractString(data, 'doc_no') AS doc,
       JSONExtractString(data, 'kind') AS kind
     FROM events WHERE type = 'licence.entered' AND source = 'urn:hengjian:office-files' ORDER BY doc, recorded_at`,
  );
const standing = async () => {
  const events = await stored();
  const voids = await readVoids(dashboard.warehouse, events);
  return events.filter((event) => !voids.inForce(event)).map(({ doc, kind }) => `${doc} ${kind}`);
};

describe('a unit, on a phone, without scripts', () => {
  test('sees what is its own, and brings nothing else', async () => {
    await sendFiles(unit, [file('许可.xlsx', await licences())]);
    const text = await until(unit, '待确认');
    expect([await count(unit, '新增'), await count(unit, '非本单位')]).toEqual([1, 1]);
    expect(text).toContain('请联席会议办公室登记这些名称');
    expect(await unit.getByRole('button', { name: '记住' }).count()).toBe(0);
    await unit
      .locator('body')
      .boundingBox()
      .then((box) => expect(Math.round(box!.width)).toBeLessThanOrEqual(390));
    await snapshot(unit, 'import-preview-unit-390');
    await unit.getByRole('button', { name: '确认导入 1 条' }).click();
    await until(unit, '已导入');
    expect((await stored()).map(({ department, doc }) => [department, doc])).toEqual([['shsy', '社许〔2025〕1号']]);
    const rejects = await dashboard.warehouse.query('SELECT reason FROM rejects');
    expect(rejects).toEqual([]);
  }, 180_000);

  test('takes it back with a reason, and brings it again', async () => {
    expect(await standing()).toEqual(['社许〔2025〕1号 普通']);
    await unit.getByLabel('理由').fill('   ');
    await unit.getByRole('button', { name: '撤销导入' }).click();
    expect(await unit.getByRole('alert').textContent()).toContain('请写明理由');
    await unit.getByLabel('理由').fill('导错了表');
    await unit.getByRole('button', { name: '撤销导入' }).click();
    expect(await until(unit, '已撤销')).toContain('导错了表');
    expect(await standing()).toEqual([]);
    const before = unit.url();
    // The same file again is known, and says why it does not come back.
    await sendFiles(unit, [file('许可.xlsx', await licences())]);
    expect(await until(unit, '待确认')).toContain('此前作废过');
    await unit.getByRole('button', { name: '放弃' }).click();
    await until(unit, '已放弃');
    await unit.goto(before);
    await unit.getByLabel('理由').fill('原表无误');
    await unit.getByRole('button', { name: '恢复导入' }).click();
    await until(unit, '已导入');
    expect(await standing()).toEqual(['社许〔2025〕1号 普通']);
  }, 180_000);
});

describe('registries', () => {
  test('the office names areas and gives units aliases; everybody reads them, in both languages', async () => {
    await desk.goto('/registries');
    await desk.getByRole('textbox', { name: '代码' }).fill('320671 1');
    await desk.getByLabel('中文名称').fill('第一街道');
    await desk.getByRole('button', { name: '保存' }).click();
    expect(await desk.getByRole('alert').textContent()).toContain('不是区域代码');
    expect(await desk.getByLabel('中文名称').inputValue()).toBe('第一街道');
    await desk.getByRole('textbox', { name: '代码' }).fill('320671001');
    await desk.getByLabel('英文名称').fill('First Subdistrict');
    await desk.getByRole('button', { name: '保存' }).click();
    await desk.waitForURL(/recorded=area/);
    expect(await desk.getByRole('row').filter({ hasText: '320671001' }).textContent()).toContain('First Subdistrict');
    await desk.getByRole('region', { name: '增加别名' }).getByLabel('单位').selectOption('czj');
    await desk.getByRole('textbox', { name: '别名' }).fill('演示区财政局');
    await desk.getByRole('button', { name: '增加' }).click();
    await desk.waitForURL(/recorded=alias/);
    expect(await desk.getByRole('row').filter({ hasText: 'czj' }).textContent()).toContain('演示区财政局');
    expect(await seriousFindings(desk)).toEqual([]);
    await snapshot(desk, 'registries-office');
    await desk.getByRole('button', { name: '删除 演示区财政局' }).click();
    await desk.waitForURL(/recorded=removed/);
    expect(await desk.getByText('演示区财政局').count()).toBe(0);

    await unit.goto('/registries');
    expect(await unit.getByRole('button', { name: '保存' }).count()).toBe(0);
    const post = await unit.request.post('/registries?/area', {
      headers: { origin: dashboard.url, accept: 'text/html' },
      form: { code: '1', zh: 'x' },
    });
    expect(post.status()).toBe(403);
    const english = await dashboard.page({
      account: { name: 'local', roles: ['office'], areas: ['320671001'] },
      locale: 'en',
      theme: 'dark',
    });
    await english.goto('/registries');
    expect(await english.getByRole('note').textContent()).toContain('First Subdistrict');
    expect(await english.getByRole('main').textContent()).toContain('Social Affairs Bureau');
    await snapshot(english, 'registries-en-dark');
  }, 120_000);
});

describe('the office', () => {
  let address: string;

  test('drops files, is told what one holds, at its place, and what a wrong file is', async () => {
    address = await dropFiles(desk, [
      file('许可.xlsx', await licences()),
      file('通知.xlsx', Buffer.from('%PDF-1.7 notice')),
      file('说明.csv', Buffer.from('甲,乙\n1,2\n')),
    ]);
    const text = await until(desk, '待确认');
    expect([await count(desk, '新增'), await count(desk, '已有'), await count(desk, '有误')]).toEqual([1, 1, 2]);
    expect(text).toContain('是 PDF，不是表格');
    expect(text).toContain('没有找到可以识别的表头');
    expect(text).toContain('表头在第 2 行，识别为“双公示行政许可');
    expect(text).toMatch(/第 5 行\s*日期格式错误（许可决定日期）/);
    expect(text).toMatch(/第 4 行\s*单位名称无法识别（演示区社会事业局）/);
    expect(text).toContain('原样保留、不参与计算：备注信息');
    expect(await seriousFindings(desk)).toEqual([]);
    await snapshot(desk, 'import-preview-office');
    // Nobody else's: the unit does not see what the office sent.
    expect((await unit.request.get(address)).status()).toBe(404);
    expect((await unit.request.get(`${address}/0`)).status()).toBe(404);
  }, 120_000);

  test('says which unit an organ is, once for all tables', async () => {
    await desk.getByLabel('演示区社会事业局').selectOption({ label: '社会事业局' });
    await desk.getByRole('button', { name: '记住' }).click();
    await expect.poll(async () => (await until(desk, '待确认')) && count(desk, '新增'), { timeout: 30_000 }).toBe(2);
    expect(await desk.getByRole('button', { name: '记住' }).count()).toBe(0);
  }, 120_000);

  test('takes the file with what is wrong in its last column, which reads back as before', async () => {
    const [download] = await Promise.all([
      desk.waitForEvent('download'),
      desk.getByRole('link', { name: /下载“许可.xlsx”/ }).click(),
    ]);
    const workbook = new ExcelJs.Workbook();
    await workbook.xlsx.readFile(await download.path());
    const sheet = workbook.getWorksheet('许可')!;
    expect(sheet.getCell('H2').value).toBe('导入问题');
    expect([3, 4, 5, 6].map((row) => sheet.getCell(row, 8).value ?? '')).toEqual([
      '',
      '',
      '日期格式错误（许可决定日期）',
      '',
    ]);
    // What else the workbook holds stays.
    expect([sheet.getCell('A1').value, sheet.getRow(2).font?.bold]).toEqual(['2025年第二季度行政许可', true]);
    sheet.getCell('E5').value = '2025-04-05';
    await sendFiles(desk, [file('改好.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()))]);
    const text = await until(desk, '待确认');
    expect([await count(desk, '新增'), await count(desk, '有误')]).toEqual([3, 0]);
    expect(text).not.toContain('导入问题');
    await desk.getByRole('button', { name: '放弃' }).click();
    await until(desk, '已放弃');
  }, 120_000);

  test('brings it in, corrects it by a newer table, and takes the correction back', async () => {
    await desk.goto(address);
    await desk.getByRole('button', { name: '确认导入 2 条' }).click();
    await until(desk, '已导入');
    await snapshot(desk, 'import-done-office');
    const all = ['社许〔2025〕1号 普通', '社许〔2025〕2号 普通', '财许〔2025〕4号 普通'];
    expect(await standing()).toEqual(all);
    await sendFiles(desk, [file('许可更正.xlsx', await licences('核准'))]);
    expect(await until(desk, '待确认')).toContain('共 1 条已有记录将作废');
    expect(await count(desk, '更正')).toBe(1);
    await desk.getByRole('button', { name: '确认导入' }).click();
    await until(desk, '已导入');
    expect(await standing()).toEqual(['社许〔2025〕1号 核准', ...all.slice(1)]);
    await desk.getByLabel('理由').fill('更正有误');
    await desk.getByRole('button', { name: '撤销导入' }).click();
    await until(desk, '已撤销');
    expect(await standing()).toEqual(all);
    await desk.goto('/import');
    expect(await desk.getByRole('row').count()).toBeGreaterThan(4);
    expect(await seriousFindings(desk)).toEqual([]);
    await snapshot(desk, 'import-office');
  }, 180_000);

  test('is told what is too large, too many, empty or missing', async () => {
    const post = async (files: [name: string, content: Buffer][]) => {
      const form = new FormData();
      for (const [name, content] of files) form.append('files', new File([new Uint8Array(content)], name));
      const cookies = await desk.context().cookies();
      const response = await fetch(`${dashboard.url}/import`, {
        method: 'POST',
        body: form,
        redirect: 'manual',
        headers: {
          origin: dashboard.url,
          accept: 'text/html',
          cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
        },
      });
      return [response.status, await response.text()] as const;
    };
    const expectRefusal = async (files: [string, Buffer][], status: number, words: string) => {
      const [got, text] = await post(files);
      expect([got, text.includes(words)]).toEqual([status, true]);
    };
    await expectRefusal([['大.csv', Buffer.alloc(66 * 1024 * 1024, 65)]], 413, '文件合计超过 64 MB');
    await expectRefusal([['空.csv', Buffer.alloc(0)]], 400, '文件“空.csv”是空的');
    const many = Array.from({ length: 21 }, (_, n): [string, Buffer] => [`${n}.csv`, Buffer.from('a')]);
    await expectRefusal(many, 400, '一次最多导入 20 个文件');
    await expectRefusal([], 400, '请选择至少一个文件');
  }, 120_000);

  test('gives an empty table of each kind, which is read back', async () => {
    await desk.goto('/import');
    const links = desk.locator('section[aria-labelledby=templates] a');
    const n = await links.count();
    expect(n).toBeGreaterThan(12);
    const first = await desk.request.get((await links.first().getAttribute('href'))!);
    expect([first.status(), first.headers()['content-type']]).toEqual([200, XLSX]);
    await sendFiles(desk, [file('空白.xlsx', Buffer.from(await first.body()))]);
    await until(desk, '待确认');
    expect([await count(desk, '新增'), await count(desk, '有误')]).toEqual([0, 0]);
  }, 120_000);
});
