import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataTable } from '@hengjian/contract/data-table.ts';
import { propertyRuns } from '@hengjian/contract/testing/property-runs.ts';
import { workbookText } from '@hengjian/contract/workbook-text.ts';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { excelMoment } from './excel-moment.ts';
import { writeTable } from './write-table.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'hengjian-write-table-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

async function written(
  table: Partial<DataTable>,
  mostRows?: number,
): Promise<{ path: string; book: ExcelJS.Workbook }> {
  const path = join(directory, `${crypto.randomUUID()}.xlsx`);
  await writeTable({ name: 'a', sheet: '明细', columns: [], batches: [], ...table }, path, mostRows);
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path);
  return { path, book };
}

test('codes are texts, days date cells, numbers numbers, and no cell is a formula', async () => {
  const { path, book } = await written({
    columns: [
      { title: '统一社会信用代码', kind: 'text' },
      { title: '日期', kind: 'when' },
      { title: '得分', kind: 'number' },
    ],
    batches: [
      [
        ['911234567890123456', '2025-04-01', 1.25],
        ['123456789012', '2025-03-31T16:00:01Z', null],
      ],
      [
        ['=1+1', '2025-02-30', 0],
        ['+86', null, undefined],
        ['-2', '不详', 3],
        ['@cmd', '2025-04-01 09:30:00', 4],
        ['甲\u0000乙\ud83d', '', 5],
      ],
    ],
  });
  const [sheet, ...others] = book.worksheets;
  expect([sheet!.name, others.length]).toEqual(['明细', 0]);
  expect(sheet!.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  const column = (n: number) => Array.from({ length: 7 }, (_, row) => sheet!.getCell(row + 2, n).value);
  expect(column(1)).toEqual(['911234567890123456', '123456789012', '=1+1', '+86', '-2', '@cmd', '甲乙\ufffd']);
  expect(column(2)).toEqual([
    new Date('2025-04-01T00:00:00Z'),
    // The day of Shanghai, in which it is 1 April.
    new Date('2025-04-01T00:00:01Z'),
    '2025-02-30',
    null,
    '不详',
    new Date('2025-04-01T09:30:00Z'),
    null,
  ]);
  expect(column(3)).toEqual([1.25, null, 0, null, 3, 4, 5]);
  expect([2, 3].map((row) => sheet!.getCell(row, 2).numFmt)).toEqual(['yyyy-mm-dd', 'yyyy-mm-dd hh:mm:ss']);
  expect(sheet!.getCell(2, 1).numFmt).toBe('@');
  expect(sheet!.getColumn(1).width).toBeGreaterThanOrEqual(18);
  expect(strFromU8(unzipSync(readFileSync(path))['xl/worksheets/sheet1.xml']!)).not.toContain('<f>');
});

/** What a spreadsheet would run, round, or take for something else. */
const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.tuple(fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '\t=', "'"), fc.string()).map(([a, b]) => a + b),
  fc.bigInt({ min: 10n ** 11n, max: 10n ** 19n }).map(String),
  fc.constantFrom(
    '甲、乙\n"丙"',
    '_x0041_',
    '_x005F_x0041_',
    '1e5',
    'TRUE',
    '2025-04-01',
    '0012',
    '\u007f',
    '&amp;<b>',
  ),
);

/** What a spreadsheet shows of a cell: entities undone, then escapes of characters, once each. The libraries undo some twice. */
function saidIn(sheet: string, place: string): string {
  const cell = new RegExp(`<c r="${place}"[^>]*?(?:/>|>(.*?)</c>)`, 's').exec(sheet)?.[1] ?? '';
  const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return cell
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => entities[name]!)
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

test('any texts and numbers come back as they are, and none of them is a formula', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(odd, fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1, maxLength: 5 }),
      async (rows) => {
        const columns = [
          { title: '名称', kind: 'text' as const },
          { title: '数', kind: 'number' as const },
        ];
        const path = join(directory, `${crypto.randomUUID()}.xlsx`);
        await writeTable({ name: 'a', sheet: '明细', columns, batches: [rows] }, path);
        const sheet = strFromU8(unzipSync(readFileSync(path))['xl/worksheets/sheet1.xml']!);
        // A line break is one to a reader of XML, however it is written.
        const broken = (text: string) => text.replace(/\r\n?/g, '\n');
        expect(
          rows.map((_, row) => [broken(saidIn(sheet, `A${row + 2}`)), Number(saidIn(sheet, `B${row + 2}`))]),
        ).toEqual(rows.map(([text, number]) => [broken(workbookText(text)), number === 0 ? 0 : number]));
        expect(sheet).not.toContain('<f>');
      },
    ),
    { numRuns: propertyRuns(200) },
  );
});

test('rows that a sheet does not hold stand on the next one, under the same header; notes have one of their own', async () => {
  async function* batches() {
    for (let n = 0; n < 5; n += 1) yield [[`行${n}`]];
  }
  const { book } = await written(
    {
      columns: [{ title: '名称', kind: 'text' }],
      batches: batches(),
      notes: [{ title: '期间', text: '2025年第二季度', plain: ['quarter', '2025Q2'] }],
    },
    3,
  );
  const texts = book.worksheets.map((sheet) => [
    sheet.name,
    ...Array.from({ length: sheet.rowCount }, (_, row) => sheet.getCell(row + 1, 1).value),
  ]);
  expect(texts).toEqual([
    ['明细', '名称', '行0', '行1'],
    ['明细 2', '名称', '行2', '行3'],
    ['明细 3', '名称', '行4'],
    ['说明', '期间'],
  ]);
});

test('what tells the table stands above its header, and both stay in sight', async () => {
  const { book } = await written({
    title: '执法检查人员入库（inspector.registered）',
    columns: [{ title: '姓名', kind: 'text' }],
    batches: [[['甲']]],
  });
  const [sheet] = book.worksheets;
  expect([1, 2, 3].map((row) => sheet!.getCell(row, 1).value)).toEqual([
    '执法检查人员入库（inspector.registered）',
    '姓名',
    '甲',
  ]);
  expect(sheet!.views[0]).toMatchObject({ ySplit: 2 });
});

test('without rows there is a header all the same', async () => {
  const { book } = await written({ columns: [{ title: '名称', kind: 'text' }] });
  expect(book.worksheets[0]!.getCell(1, 1).value).toBe('名称');
});

test('what breaks off is an error', async () => {
  async function* broken() {
    yield [['1']];
    throw new Error('the warehouse is away');
  }
  await expect(written({ columns: [{ title: 'a', kind: 'text' }], batches: broken() })).rejects.toThrow('away');
});

test.each([
  ['1900-03-01', 61],
  ['2025-04-01', 45_748],
  ['1900-02-28', undefined],
  ['2025-13-01', undefined],
  ['', undefined],
])('%s is %s', (day, serial) => {
  expect(excelMoment(day)?.serial).toBe(serial);
});
