/** Workbooks for property tests: the same cells, as the programs of offices write them. */
import { utils, write } from '@e965/xlsx';
import fc from 'fast-check';
import { cellXml, escaped, xlsxFile } from './zip-file.ts';

/** A text, a number, or a day that is no text: a bare number, a number shown as a date, or an ISO date. */
export type SheetCell =
  | string
  | number
  | { day: string; as: 'number' }
  | { day: string; as: 'date'; style: number }
  | { day: string; as: 'iso' };

/** What stands in a row goes over several columns; places from 0. */
export interface Over {
  row: number;
  from: number;
  to: number;
}

export interface WorkbookQuirks {
  /** Days count from 1904-01-01, as workbooks of the Macintosh do. */
  epoch1904: boolean;
  /** In the cell, in the table of shared texts, or what a formula came to. */
  texts: 'inline' | 'shared' | 'formula';
}

export const WORKBOOK_QUIRKS: fc.Arbitrary<WorkbookQuirks> = fc.record({
  epoch1904: fc.boolean(),
  texts: fc.constantFrom('inline' as const, 'shared' as const, 'formula' as const),
});
const USUAL: WorkbookQuirks = { epoch1904: false, texts: 'inline' };

/** Formats by which programs show a day: those built in by number, others by their code. */
const DATE_FORMATS: readonly (number | string)[] = [
  14,
  22,
  31,
  57,
  'yyyy"年"m"月"d"日";@',
  'yyyy\\-mm\\-dd',
  '[$-804]yyyy/m/d',
  'yyyy.mm.dd hh:mm:ss',
];
const FIRST_OWN = 176;

const serialIn = (day: string, { epoch1904 }: WorkbookQuirks): number =>
  (Date.parse(`${day}T00:00:00Z`) - (epoch1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30))) / 86_400_000;

export function xlsxBook(
  rows: readonly (readonly SheetCell[])[],
  over: readonly Over[],
  quirks: WorkbookQuirks = USUAL,
): Buffer {
  const shared = new Map<string, number>();
  const xmlOf = (cell: SheetCell): string => {
    if (typeof cell === 'object') return dayXml(cell, quirks);
    if (typeof cell === 'number' || quirks.texts === 'inline') return cellXml(cell);
    if (quirks.texts === 'formula') return `<c t="str"><f>CONCATENATE("")</f><v>${escaped(cell)}</v></c>`;
    if (!shared.has(cell)) shared.set(cell, shared.size);
    return `<c t="s"><v>${shared.get(cell)}</v></c>`;
  };
  const data = rows.map((row) => `<row>${row.map(xmlOf).join('')}</row>`).join('');
  const texts = [...shared.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`);
  return xlsxFile(
    `<sheetData>${data}</sheetData>${mergesOf(over)}`,
    [
      { name: 'xl/styles.xml', content: STYLES },
      ...(texts.length > 0 ? [{ name: 'xl/sharedStrings.xml', content: `<sst>${texts.join('')}</sst>` }] : []),
    ],
    quirks.epoch1904 ? '<workbookPr date1904="1"/>' : '',
  );
}

function dayXml(cell: Exclude<SheetCell, string | number>, quirks: WorkbookQuirks): string {
  if (cell.as === 'iso') return `<c t="d"><v>${cell.day}</v></c>`;
  const style = cell.as === 'date' ? ` s="${1 + (cell.style % DATE_FORMATS.length)}"` : '';
  return `<c${style}><v>${serialIn(cell.day, quirks)}</v></c>`;
}

/** The first shows numbers as they are. */
const STYLES = `<styleSheet><numFmts>${DATE_FORMATS.flatMap((format, index) =>
  typeof format === 'number' ? [] : [`<numFmt numFmtId="${FIRST_OWN + index}" formatCode="${escaped(format)}"/>`],
).join('')}</numFmts><cellXfs><xf numFmtId="0"/>${DATE_FORMATS.map(
  (format, index) => `<xf numFmtId="${typeof format === 'number' ? format : FIRST_OWN + index}"/>`,
).join('')}</cellXfs></styleSheet>`;

const mergesOf = (over: readonly Over[]): string =>
  over.length === 0
    ? ''
    : `<mergeCells count="${over.length}">${over
        .map(
          ({ row, from, to }) =>
            `<mergeCell ref="${utils.encode_cell({ r: row, c: from })}:${utils.encode_cell({ r: row, c: to })}"/>`,
        )
        .join('')}</mergeCells>`;

/** BIFF8, which has no ISO dates; its writer makes its own table of texts. */
export function xlsBook(
  rows: readonly (readonly SheetCell[])[],
  over: readonly Over[],
  quirks: WorkbookQuirks = USUAL,
): Buffer {
  const sheet = utils.aoa_to_sheet(
    rows.map((row) =>
      row.map((cell) =>
        typeof cell === 'object'
          ? { t: 'n', v: serialIn(cell.day, quirks), ...(cell.as === 'number' ? {} : { z: 'yyyy/mm/dd' }) }
          : cell,
      ),
    ),
  );
  sheet['!merges'] = over.map(({ row, from, to }) => ({ s: { r: row, c: from }, e: { r: row, c: to } }));
  const book = utils.book_new();
  book.Workbook = { WBProps: { date1904: quirks.epoch1904 } };
  utils.book_append_sheet(book, sheet, 'Sheet1');
  return write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer;
}

const SPREADSHEET = 'urn:schemas-microsoft-com:office:spreadsheet';

/** SpreadsheetML 2003: days are moments or numbers, and a cell says how far to the right it goes. */
export function spreadsheetmlBook(
  rows: readonly (readonly SheetCell[])[],
  over: readonly Over[],
  quirks: WorkbookQuirks = USUAL,
): Buffer {
  const cellOf = (cell: SheetCell, across: number): string => {
    const merged = across > 0 ? ` ss:MergeAcross="${across}"` : '';
    const [type, value] =
      typeof cell === 'string'
        ? ['String', escaped(cell)]
        : typeof cell === 'number'
          ? ['Number', String(cell)]
          : cell.as === 'number'
            ? ['Number', String(serialIn(cell.day, quirks))]
            : ['DateTime', `${cell.day}T00:00:00.000`];
    const formula = type === 'String' && quirks.texts === 'formula' ? ' ss:Formula="=CONCATENATE(&quot;&quot;)"' : '';
    return `<Cell${merged}${formula}><Data ss:Type="${type}">${value}</Data></Cell>`;
  };
  const table = rows.map((row, at) => {
    const wide = over.filter((one) => one.row === at);
    const cells = row.flatMap((cell, column) => {
      const begins = wide.find(({ from }) => from === column);
      return wide.some(({ from, to }) => column > from && column <= to)
        ? []
        : [cellOf(cell, begins ? begins.to - begins.from : 0)];
    });
    return `<Row>${cells.join('')}</Row>`;
  });
  const epoch = quirks.epoch1904
    ? '<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook>'
    : '';
  return Buffer.from(
    `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="${SPREADSHEET}" xmlns:ss="${SPREADSHEET}">${epoch}<Worksheet ss:Name="Sheet1"><Table>${table.join('')}</Table></Worksheet></Workbook>`,
  );
}
