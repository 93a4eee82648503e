/** What a row with a fault becomes, and what it does to the rest of its table (office-files §1, §3, §5). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { headOf } from './files/open-workbook.ts';
import { readTable } from './import/open-table.ts';
import { loadLayouts } from './layouts/load-layouts.ts';
import { UnitNames } from './rows/unit-names.ts';
import { xlsxFile } from './testing/zip-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'hengjian-row-faults-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const knowledge = {
  layouts: loadLayouts(),
  units: new UnitNames([{ id: 'scjg', name: '市监局', aliases: [] }]),
  limits: { marks: {} },
};
const USCC = '91320671MA1XYT0015';

async function read(content: string | Buffer) {
  const path = join(directory, crypto.randomUUID());
  writeFileSync(path, content);
  const { plan, unmatched } = await readTable(path, await headOf(path), knowledge, {});
  const events: { type: string; time: string; region?: string; data: Record<string, unknown> }[] = [];
  const refusals: { reason: string; detail: string; bytes: string }[] = [];
  for await (const { entry, bytes } of plan.rows())
    if (entry.refusal) refusals.push({ ...entry.refusal, bytes: bytes.toString() });
    else events.push(JSON.parse(bytes.toString()));
  await plan.close();
  return { events, refusals, reasons: refusals.map(({ reason }) => reason), unmatched };
}
const csv = (...rows: string[]) => rows.join('\n');

test.each([
  ['characters lost', `${USCC},许\ufffd1号,2025-04-01`, 'text_destroyed'],
  ['a cell too many', `${USCC},许1号,2025-04-01,多`, 'row_shape'],
])('a quarterly list whose only row has %s is refused, and is no zero report', async (_, row, reason) => {
  const lines = ['报送单位：市监局', '季度：2025Q2', '清单类别：许可', '报送日期：2025-07-01'];
  const { events, reasons } = await read(csv(...lines, '统一社会信用代码,文号,决定日期', row));
  expect([events, reasons]).toEqual([[], [reason]]);
});

test('numbers of persons are masked in what is told of a row, too', async () => {
  const organ = '张三11010519491231002X';
  const head = '行政相对人名称,统一社会信用代码,行政许可决定文书号,许可类别,许可决定日期,许可机关';
  const { refusals, unmatched } = await read(csv(head, `甲,${USCC},许1号,普通,2025-04-01,${organ}`));
  expect(refusals).toHaveLength(1);
  expect(JSON.stringify([refusals, unmatched])).not.toContain('19491231');
  expect(unmatched).toEqual(['张三110105**********2X']);
});

test('an hour that nobody wrote refuses no step of the same day; one that is written does', async () => {
  const head = '推送编号,统一社会信用代码,企业名称,后置审批事项,推送日期,实际审批部门,认领日期';
  const row = (number: number, pushed: string, claimed: string) =>
    `P${number},${USCC},甲,事项,${pushed},市监局,${claimed}`;
  const { events, reasons } = await read(
    csv(
      head,
      row(1, '2025-04-01', '2025-04-01 08:30:00'),
      row(2, '2025-04-01 14:00:00', '2025-04-01 13:00:00'),
      row(3, '2025-04-01 14:00:00', '2025-04-01'),
      row(4, '2025-04-02', '2025-04-01'),
    ),
  );
  expect(events.map(({ type, time }) => [type, time.slice(0, 19)])).toEqual([
    ['registration.pushed', '2025-04-01T09:00:00'],
    ['push.claimed', '2025-04-01T08:30:00'],
    ['registration.pushed', '2025-04-01T14:00:00'],
    ['push.claimed', '2025-04-01T14:00:00'],
  ]);
  expect(reasons).toEqual(['days_reversed', 'days_reversed']);
});

test('the first reason wins: what is missing before what is not in its list; a text 1 is no day', async () => {
  const licences = '行政相对人名称,统一社会信用代码,行政许可决定文书号,许可类别,许可决定日期,许可机关,当前状态';
  const penalties = '行政相对人名称,统一社会信用代码,行政处罚决定书文号,处罚类别,处罚决定日期,处罚机关,当前状态';
  for (const head of [licences, penalties]) {
    const rows = [`甲,${USCC},1号,,2025-04-01,市监局,已注销`, `甲,${USCC},1号,警告,1,市监局,已注销`];
    expect((await read(csv(head, ...rows))).reasons).toEqual(['missing_member', 'day_form']);
  }
});

test('a far end of a term is kept; an area cell that is no code stays with the row', async () => {
  const head = '行政相对人名称,统一社会信用代码,行政许可决定文书号,许可类别,许可决定日期,许可机关,有效期至,地方编码';
  const { events } = await read(
    csv(
      head,
      `甲,${USCC},1号,普通,2025-04-01,市监局,2999-12-31,990671`,
      `甲,${USCC},2号,普通,2025-04-01,市监局,9999-12-31,320671001`,
    ),
  );
  expect(events.map(({ region, data }) => [region, data.valid_to, data.open_ended, data.row])).toEqual([
    [undefined, '2999-12-31', undefined, { 地方编码: '990671' }],
    ['320671001', undefined, true, undefined],
  ]);
});

test('a header of three rows, of which cells are merged', async () => {
  const rows = [
    ['统一社会信用代码', '名称', '行政处罚', '', '', '处罚机关'],
    ['', '', '决定书', '', '处罚类别', ''],
    ['', '', '文号', '日期', '', ''],
    [USCC, '甲', '1号', '2025-04-01', '警告', '市监局'],
  ];
  const cells = rows.map(
    (row) => `<row>${row.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`,
  );
  const merged = ['A1:A3', 'B1:B3', 'C1:E1', 'C2:D2', 'E2:E3', 'F1:F3'];
  const sheet = `<sheetData>${cells.join('')}</sheetData><mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
  // The pair of the lower two rows takes what goes over them from above: 决定书 + 文号 is no spelling, 文号 is none of a penalty.
  const { events, reasons } = await read(xlsxFile(sheet.replace('决定书', '处罚决定书').replace('日期', '处罚日期')));
  expect([events.map(({ type }) => type), reasons]).toEqual([['penalty.entered'], []]);
});

test('days of a workbook that counts from 1904, as ISO dates', async () => {
  const workbook = (date1904: string) =>
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="${date1904}"/><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`;
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const head = ['账号', '单位', '登录时间'].map(text).join('');
  const row = (iso: string) => `<row>${text('zh1')}${text('市监局')}<c t="d"><v>${iso}</v></c></row>`;
  const sheet = `<sheetData><row>${head}</row>${row('2025-05-20T08:00:00')}${row('2025-05-21T08:00:00Z')}</sheetData>`;
  for (const date1904 of ['0', '1']) {
    const { events } = await read(xlsxFile(sheet, [{ name: 'xl/workbook.xml', content: workbook(date1904) }]));
    expect(events.map(({ time }) => time.slice(0, 19))).toEqual(['2025-05-20T08:00:00', '2025-05-21T08:00:00']);
  }
});
