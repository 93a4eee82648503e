import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJs from 'exceljs';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { headOf, openWorkbook } from '../files/open-workbook.ts';
import { xlsxFile } from '../testing/zip-file.ts';
import { markWorkbook } from './mark-workbook.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'hengjian-marks-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Words for two rows of one sheet; `&<` must be escaped. */
const WORDS = '日期 <四月> & “初”';
async function marked(name: string, content: Buffer, sheet: string, headerRow: number): Promise<string> {
  const path = join(directory, name);
  const into = join(directory, 'marked.xlsx');
  writeFileSync(path, content);
  const workbook = await openWorkbook(path, await headOf(path));
  const faults = new Map([[sheet, { headerRow, byRow: new Map([[headerRow + 2, WORDS]]) }]]);
  await markWorkbook(path, workbook, faults, into).finally(() => workbook.close());
  return into;
}
async function read(path: string): Promise<ExcelJs.Workbook> {
  const workbook = new ExcelJs.Workbook();
  await workbook.xlsx.readFile(path);
  return workbook;
}

test('xlsx: two rows get a cell beyond the widest, all else stays', async () => {
  const source = new ExcelJs.Workbook();
  const sheet = source.addWorksheet('数据 & 表');
  source.addWorksheet('另一张', { state: 'hidden' }).addRow(['x']);
  sheet.addRow(['标题']);
  sheet.mergeCells('A1:C1');
  sheet.addRow(['代码', '日期', '名称']);
  sheet.addRow(['91320600MA1DEM015E', new Date('2025-04-01T00:00:00Z'), '甲']);
  sheet.addRow(['001', new Date('2025-04-02T00:00:00Z'), '乙', '', '远']);
  sheet.getCell('B3').numFmt = 'yyyy-mm-dd';
  sheet.getColumn(3).width = 33;
  const content = Buffer.from(await source.xlsx.writeBuffer());
  const into = await marked('a.xlsx', content, '数据 & 表', 2);

  const after = (await read(into)).getWorksheet('数据 & 表')!;
  expect([after.getCell('F2').value, after.getCell('F3').value, after.getCell('F4').value]).toEqual([
    '导入问题',
    null,
    WORDS,
  ]);
  expect([after.getCell('A4').value, after.getCell('E4').value, after.getColumn(3).width]).toEqual(['001', '远', 33]);
  expect(after.getCell('C1').isMerged).toBe(true);
  // Part by part the same bytes, but for the sheet that was marked.
  const [parts, before] = [unzipSync(readFileSync(into)), unzipSync(content)];
  // Entries of folders hold nothing.
  const names = Object.keys(before).filter((name) => !name.endsWith('/'));
  expect(Object.keys(parts).sort()).toEqual(names.sort());
  const changed = names.filter((name) => !Buffer.from(parts[name]!).equals(Buffer.from(before[name]!)));
  expect(changed).toEqual(['xl/worksheets/sheet1.xml']);
});

test('a column beyond Z', async () => {
  const source = new ExcelJs.Workbook();
  const sheet = source.addWorksheet('宽');
  for (const row of [1, 2, 3]) sheet.addRow(Array.from({ length: 28 }, (_, column) => `${row}-${column}`));
  const into = await marked('wide.xlsx', Buffer.from(await source.xlsx.writeBuffer()), '宽', 1);
  const after = (await read(into)).getWorksheet('宽')!;
  expect([after.getCell('AC1').value, after.getCell('AC3').value, after.getCell('AB3').value]).toEqual([
    '导入问题',
    WORDS,
    '3-27',
  ]);
});

test.each([',', ';', '\t'])('text separated by %j becomes a workbook in which codes stay texts', async (separator) => {
  const lines = [
    ['说明, 见附件'],
    ['代码', '日期', '名称'],
    ['0091', '2025-04-01', '甲'],
    ['913206000000000000', '四月', '乙'],
  ];
  const quoted = lines.map((cells) => cells.map((cell) => `"${cell}"`).join(separator)).join('\r\n');
  const into = await marked('a.csv', Buffer.from(quoted), '', 2);
  const [after] = (await read(into)).worksheets as [ExcelJs.Worksheet];
  expect(after.getRow(4).values).toEqual([undefined, '913206000000000000', '四月', '乙', WORDS]);
  expect([after.getCell('A3').value, after.getCell('D2').value, after.getCell('D3').value]).toEqual([
    '0091',
    '导入问题',
    null,
  ]);
});

test('a row that reaches to the last column of the sheet: the words stand beside the others, or it is said that there is no room', async () => {
  const cell = (place: string) => `<c r="${place}" t="inlineStr"><is><t>甲</t></is></c>`;
  const sheet = (last: string) =>
    `<sheetData><row r="1">${cell('A1')}</row><row r="2">${cell('XFD2')}</row><row r="3">${cell(last)}</row></sheetData>`;
  const into = await marked('far.xlsx', xlsxFile(sheet('B3')), 'Sheet1', 1);
  const after = (await read(into)).getWorksheet('Sheet1')!;
  expect([after.getCell('C1').value, after.getCell('C3').value]).toEqual(['导入问题', WORDS]);
  await expect(marked('full.xlsx', xlsxFile(sheet('XFD3')), 'Sheet1', 1)).rejects.toThrow(
    /no room to say what is wrong/,
  );
});
