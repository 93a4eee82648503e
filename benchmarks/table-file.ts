/** A 双公示 table of licences with invented firms, as xlsx, xls or CSV, written by the library. */
import { writeFileSync } from 'node:fs';
import * as spreadsheet from '@e965/xlsx';
import { usccCheckCharacter } from '@hengjian/contract/schema/uscc.ts';

export type TableFormat = 'xlsx' | 'xls' | 'csv';

/** BIFF8 holds 65,535; the library's writer searches all texts so far for each text and would take minutes for them. */
export const MOST_XLS_ROWS = 15_000;

const HEADERS = [
  '序号',
  '行政相对人名称',
  '统一社会信用代码',
  '法定代表人',
  '行政许可决定文书名称',
  '行政许可决定文书号',
  '许可类别',
  '许可证书名称',
  '许可编号',
  '许可内容',
  '许可决定日期',
  '有效期自',
  '有效期至',
  '许可机关',
  '当前状态',
  '数据来源单位',
  '备注',
];
const KINDS = ['普通', '特许', '认可', '核准', '登记', '其他'];
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

function row(number: number): (string | number)[] {
  let body = '';
  for (let rest = number; body.length < 9; rest = Math.floor(rest / 31)) body = ALPHABET[rest % 31] + body;
  const code = `91320671${body}`;
  const day = `2025-0${(number % 6) + 1}-${String((number % 28) + 1).padStart(2, '0')}`;
  return [
    number,
    `演示云港${number}号机械（配件）有限公司`,
    code + usccCheckCharacter(code),
    `代表${number % 900}`,
    '准予行政许可决定书',
    `演云许可〔2025〕第${number}号`,
    KINDS[number % KINDS.length]!,
    '许可证',
    `YS${String(number).padStart(8, '0')}`,
    '热食类食品制售；含冷食',
    day,
    day,
    '2030/05/01',
    '社会事业局',
    '有效',
    '演示市公共信用信息中心',
    '/',
  ];
}

export function writeTableFile(path: string, format: TableFormat, rows: number): void {
  const records = [HEADERS, ...Array.from({ length: rows }, (_, index) => row(index + 1))];
  const book = spreadsheet.utils.book_new();
  spreadsheet.utils.book_append_sheet(book, spreadsheet.utils.aoa_to_sheet(records, { dense: true }), '行政许可');
  const bookType = format === 'xls' ? 'biff8' : format;
  writeFileSync(
    path,
    spreadsheet.write(book, { type: 'buffer', bookType, bookSST: true, compression: true }) as Buffer,
  );
}
