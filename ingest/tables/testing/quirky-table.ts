/** Tables as offices make them, for property tests: the same rows, once plain and once with what people and spreadsheets do to them. */

import fc from 'fast-check';
import {
  type SheetCell,
  spreadsheetmlBook,
  WORKBOOK_QUIRKS,
  type WorkbookQuirks,
  xlsBook,
  xlsxBook,
} from './quirky-workbook.ts';

/** An empty text is a cell without anything. */
export type PlainCell = { text: string } | { day: string } | { code: string } | { doc: string } | { yuan: number };

export interface PlainTable {
  /** What the layout calls each column. */
  columns: readonly string[];
  /** A spelling for each column. */
  headers: readonly string[];
  rows: readonly (readonly PlainCell[])[];
  /** `key：value` lines above the header. */
  lines: readonly (readonly [key: string, value: string])[];
}

const plainText = (cell: PlainCell): string => ('yuan' in cell ? `${cell.yuan}元` : (Object.values(cell)[0] as string));

/** As CSV, each value as it is. */
export function plainCsv({ headers, rows, lines }: PlainTable): Buffer {
  const records = [
    ...lines.map(([key, value]) => [`${key}：${value}`]),
    headers,
    ...rows.map((row) => row.map(plainText)),
  ];
  return Buffer.from(records.map((record) => record.map((text) => quoted(text, ',')).join(',')).join('\n'));
}

/** As a workbook, in which a cell of the first row is what a spreadsheet has made of it. @param column its place */
export function xlsxWithCell({ headers, rows, lines }: PlainTable, column: number, made: SheetCell): Buffer {
  const cells = rows.map((row, index) =>
    row.map((cell, at): SheetCell => (index === 0 && at === column ? made : plainText(cell))),
  );
  return xlsxBook([...lines.map(([key, value]) => [`${key}：${value}`]), headers, ...cells], []);
}

const quoted = (text: string, separator: string): string =>
  text.includes(separator) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const wide = (text: string): string =>
  text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));

const dayForms = [
  (day: string) => day,
  (day: string) => day.replaceAll('-', '/'),
  (day: string) => day.replaceAll('-', '.'),
  (day: string) => day.split('-').map(Number).join('/'),
  (day: string) => day.replaceAll('-', ''),
  (day: string) => day.slice(2),
  (day: string) => `${day} 00:00:00`,
  (day: string) => `${day}T00:00:00.000`,
  (day: string) => wide(day.replaceAll('-', '/')),
  (day: string) =>
    day.replace(/^(\d+)-(\d+)-(\d+)$/, (_, year, month, date) => `${year}年${Number(month)}月${Number(date)}日`),
  (day: string) => String(serial(day)),
  (day: string) => `${serial(day)}.0`,
  (day: string) => day.replaceAll('-', ','),
  (day: string) => `${day.replaceAll('-', '')}000000`,
  (day: string) => `${day.replaceAll('-', '/')} 0:00`,
  (day: string) =>
    day.replace(/^(\d+)-(\d+)-(\d+)$/, (_, year, month, date) => `${wide(year)}年${month}月${date}日 00:00:00`),
];
/** In cells of a workbook that are no texts. */
const sheetDays: ((day: string, pick: number) => SheetCell)[] = [
  (day) => ({ day, as: 'number' }),
  (day) => Number(day.replaceAll('-', '')),
  (day, pick) => ({ day, as: 'date', style: pick }),
  (day, pick) => ({ day, as: 'date', style: pick + 1 }),
  (day) => ({ day, as: 'iso' }),
];
const nothing = [
  '',
  '/',
  '\\',
  '-',
  '--',
  '—',
  '——',
  '*',
  '无',
  '空',
  '未办',
  '零',
  '暂无',
  'N/A',
  'N / A',
  'null',
  '\\N',
  '　',
  'ｎ／ａ',
];
const noDay = ['0', '1900-01-01', '1900/1/1', '1899-12-30', '1899.12.31'];
const amountForms = [
  (yuan: number) => `${yuan}元`,
  (yuan: number) => `人民币 ${yuan.toFixed(2)} 元`,
  (yuan: number) => `罚款${yuan.toLocaleString('en')}元`,
  (yuan: number) => `${inTenThousands(yuan)}万元`,
  (yuan: number) => wide(`${inTenThousands(yuan)}万`),
  (yuan: number) => wide(`${yuan}元`),
];
const inTenThousands = (yuan: number): string => String(Number((yuan / 10_000).toFixed(6)));

/** In a text it counts as in most workbooks. */
const serial = (day: string): number => (Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;

const brackets = [
  ['〔', '〕'],
  ['【', '】'],
  ['［', '］'],
  ['(', ')'],
  ['（', '）'],
  ['{', '}'],
  ['〖', '〗'],
] as const;

/** What may be done to a cell without changing what it says. @param sheet whether numbers can stand in cells */
function quirkyCell(cell: PlainCell, header: string, pick: number, sheet: boolean): SheetCell {
  if ('yuan' in cell) return quirkyAmount(cell.yuan, header, pick, sheet);
  if (plainText(cell) === '') {
    const forms = 'day' in cell ? [...nothing, ...noDay] : nothing;
    const form = forms[pick % forms.length]!;
    return sheet && form === '0' ? 0 : form;
  }
  if ('day' in cell) {
    const form = pick % (dayForms.length + (sheet ? sheetDays.length : 0));
    return form < dayForms.length ? dayForms[form]!(cell.day) : sheetDays[form - dayForms.length]!(cell.day, pick);
  }
  const text = 'doc' in cell ? bracketed(cell.doc, pick) : 'code' in cell ? coded(cell.code, pick) : cell.text;
  switch (pick % 7) {
    case 0:
      return ` ${text}　`;
    case 1:
      return `'${text}`;
    case 2:
      return `\u200b${text}\ufeff`;
    case 3:
      return sheet ? text : `="${text}"`;
    default:
      return text;
  }
}

/** Where the header says the unit, the number may stand alone. */
function quirkyAmount(yuan: number, header: string, pick: number, sheet: boolean): string | number {
  const unit = /[(（](万?元)[)）]/.exec(header)?.[1];
  const form = pick % (amountForms.length + 2);
  if (form < amountForms.length || unit === undefined) return amountForms[form % amountForms.length]!(yuan);
  const bare = unit === '元' ? String(yuan) : inTenThousands(yuan);
  return sheet && form % 2 ? Number(bare) : bare;
}

function bracketed(text: string, pick: number): string {
  const [open, close] = brackets[pick % brackets.length]!;
  const digits = pick % 5 === 0 ? text.replace(/\d+/g, wide) : text;
  return digits.replace('〔', open).replace('〕', pick % 2 ? `${close} ` : close);
}
const coded = (text: string, pick: number): string =>
  pick % 3 === 0 ? wide(text) : pick % 3 === 1 ? text.toLowerCase() : text;

const headerForms = [
  (text: string) => text,
  (text: string) => `*${text}`,
  (text: string) => ` ${text} `,
  (text: string) => `${text.slice(0, 2)}\n${text.slice(2)}`,
  (text: string) => wide(text),
  (text: string) => `　${text}`,
  (text: string) => `${text.slice(0, 3)}\r\n${text.slice(3)}`,
  (text: string) => `【${text}】`.slice(1, -1).replace('(', '（').replace(')', '）'),
];

export interface Quirks {
  picks: readonly number[];
  titleRows: number;
  blankColumns: number;
  /**
   * The header stands in two rows: one column is split over both, or some stand together under a title; the cells of the others
   * go over both.
   */
  twoRows: false | 'split' | 'grouped';
  /** Of workbooks: what stands above the header goes over all columns. */
  merged: boolean;
  workbook: WorkbookQuirks;
  format: 'xlsx' | 'xls' | 'spreadsheetml' | 'utf-8' | 'utf-8 with mark' | 'utf-16le' | 'gb18030';
  separator: ',' | '\t' | ';';
  below: readonly ('total' | 'help' | 'example' | 'note' | 'header' | 'blank' | 'numbered')[];
}

export const arbitraryQuirks: fc.Arbitrary<Quirks> = fc.record({
  picks: fc.array(fc.nat(5_000), { minLength: 7, maxLength: 40 }),
  titleRows: fc.nat(4),
  twoRows: fc.constantFrom(false as const, 'split' as const, 'grouped' as const),
  merged: fc.boolean(),
  workbook: WORKBOOK_QUIRKS,
  blankColumns: fc.nat(3),
  format: fc.constantFrom(
    'xlsx' as const,
    'spreadsheetml' as const,
    'utf-8' as const,
    'utf-8 with mark' as const,
    'utf-16le' as const,
    'gb18030' as const,
  ),
  separator: fc.constantFrom(',' as const, '\t' as const, ';' as const),
  below: fc.array(
    fc.constantFrom(
      'total' as const,
      'help' as const,
      'example' as const,
      'note' as const,
      'header' as const,
      'blank' as const,
      'numbered' as const,
    ),
    { maxLength: 8 },
  ),
});

const BOOKS: Partial<Record<Quirks['format'], typeof xlsxBook>> = {
  xlsx: xlsxBook,
  xls: xlsBook,
  spreadsheetml: spreadsheetmlBook,
};

export function quirkyFile(table: PlainTable, quirks: Quirks): Buffer {
  const { picks, titleRows, blankColumns, format, below, twoRows, merged, workbook } = quirks;
  const book = BOOKS[format];
  const sheet = book !== undefined;
  let at = 0;
  const pick = () => picks[at++ % picks.length]! + at;
  const order = table.headers
    .map((_, index) => index)
    .sort((a, b) => ((a * 7 + picks[0]!) % 11) - ((b * 7 + picks[0]!) % 11) || a - b);
  const left = Array.from({ length: blankColumns }, () => '');
  const headers = order.map((index) => headerForms[pick() % headerForms.length]!(table.headers[index]!));
  const header = [...left, '序号', ...headers, '备注'];
  const body: SheetCell[][] = table.rows.map((row, number) => [
    ...left,
    sheet ? number + 1 : String(number + 1),
    ...order.map((index) => quirkyCell(row[index]!, table.headers[index]!, pick(), sheet)),
    '',
  ]);
  const others: Record<Quirks['below'][number], string[]> = {
    total: [...left, '合  计', '', '', '12'],
    help: [...left, '', ...headers.map(() => '必填')],
    example: [...left, '', '（示例）某某公司', '填写时请删除'],
    note: [...left, '备注：本表由系统导出'],
    header,
    blank: [...left, ''],
    numbered: [...left, '99'],
  };
  for (const kind of below) {
    // A header of one row counts before one of two, and what stands above it would be none of the data.
    if (kind === 'header' && twoRows) continue;
    body.splice(pick() % (body.length + 1), 0, others[kind]);
  }
  const lines = table.lines.map(([key, value], index) => [
    ...left,
    picks[index % picks.length]! % 2 ? `${key}：${value}` : `${key}: ${value}`,
  ]);
  const titles = Array.from({ length: titleRows }, (_, index) => (index % 2 ? [] : [...left, '数据导出']));
  const top = [...titles, ...lines];
  const first = left.length + 1 + (picks[0]! % headers.length);
  // Never all of them: those would be a header of one row.
  const last = Math.min(left.length + headers.length, first + (picks[1]! % Math.min(3, headers.length - 1)));
  const headerRows =
    twoRows === 'split'
      ? splitHeader(header, first)
      : twoRows === 'grouped'
        ? groupedHeader(header, first, last)
        : [header];
  const records = [...top, ...headerRows, ...body];
  if (!book) return encoded(records, quirks);
  const over = merged
    ? top.flatMap((row, index) => (row.length > 0 ? [{ row: index, from: left.length, to: header.length - 1 }] : []))
    : [];
  if (merged && twoRows === 'grouped' && last > first) over.push({ row: top.length, from: first, to: last });
  return book(records, over, workbook);
}

/** Some columns under a title of their own, which stands in the first of them. */
function groupedHeader(header: readonly string[], first: number, last: number): string[][] {
  const isUnder = (index: number) => index >= first && index <= last;
  return [
    header.map((text, index) => (isUnder(index) ? (index === first ? '基本情况' : '') : text)),
    header.map((text, index) => (isUnder(index) ? text : '')),
  ];
}

/** The header over two rows, one of its columns in halves. */
function splitHeader(header: readonly string[], split: number): string[][] {
  const half = 2;
  const upper = header.map((text, index) => (index === split ? text.trim().slice(0, half) : text));
  const lower = header.map((text, index) => (index === split ? text.trim().slice(half) : ''));
  return [upper, lower];
}

function encoded(records: readonly (readonly SheetCell[])[], { format, separator }: Quirks): Buffer {
  const text = records
    .map((record) => record.map((cell) => quoted(String(cell), separator)).join(separator))
    .join('\r\n');
  if (format === 'utf-8 with mark') return Buffer.from(`\ufeff${text}`);
  if (format === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  return format === 'gb18030' ? gbk(text) : Buffer.from(text);
}

let codes: Map<string, Buffer> | undefined;
/** The characters of GBK; what it lacks is left out. */
function gbk(text: string): Buffer {
  if (!codes) {
    codes = new Map();
    const decoder = new TextDecoder('gb18030');
    for (let first = 0x81; first <= 0xfe; first += 1)
      for (let second = 0x40; second <= 0xfe; second += 1) {
        const bytes = Buffer.from([first, second]);
        const letter = decoder.decode(bytes);
        if ([...letter].length === 1 && letter !== '\ufffd' && !codes.has(letter)) codes.set(letter, bytes);
      }
  }
  return Buffer.concat(
    [...text].map((letter) => (letter < '\x80' ? Buffer.from(letter) : (codes!.get(letter) ?? Buffer.alloc(0)))),
  );
}
