/** A table as a workbook, row by row to disk: codes are texts, days date cells, numbers numbers, and nothing is a formula. */
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { DataCell, DataColumn, DataTable } from '@hengjian/contract/data-table.ts';
import { writtenText } from '@hengjian/contract/workbook-text.ts';
import type ExcelJS from 'exceljs';
import { excelMoment } from './excel-moment.ts';

/** A sheet holds no more, with its header. */
const MOST_ROWS = 1_048_576;
/** The name of a sheet is no longer. */
const MOST_NAME = 31;
const TEXT = '@';
const DAY = 'yyyy-mm-dd';
const MOMENT = 'yyyy-mm-dd hh:mm:ss';
const HEAD: Partial<ExcelJS.Style> = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8ECF1' } },
  alignment: { vertical: 'middle', wrapText: true },
  numFmt: TEXT,
};

/**
 * Rows beyond what a sheet holds stand on the next one, under the same header.
 * @param path of the file to write; it may be there in part where this throws
 * @param mostRows of a sheet, with its header
 */
export async function writeTable(table: DataTable, path: string, mostRows = MOST_ROWS): Promise<void> {
  // Loaded here, since little of what imports this room writes workbooks.
  const { default: library } = await import('exceljs');
  const stream = createWriteStream(path);
  const onDisk = finished(stream);
  onDisk.catch(() => {});
  try {
    const book = new library.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
    await writeSheets(book, table, mostRows);
    if (table.notes) writeNotes(book, table.notes);
    await book.commit();
    await onDisk;
  } catch (error) {
    stream.destroy();
    throw error;
  }
}

async function writeSheets(
  book: ExcelJS.stream.xlsx.WorkbookWriter,
  { sheet, title, columns, batches }: DataTable,
  mostRows: number,
): Promise<void> {
  let current: ExcelJS.Worksheet | undefined;
  let sheets = 0;
  let rows = 0;
  const begin = (sample: readonly (readonly DataCell[])[]) => {
    current?.commit();
    sheets += 1;
    current = startSheet(book, sheets === 1 ? sheet : `${sheet} ${sheets}`, title, columns, sample);
    rows = title === undefined ? 1 : 2;
    return current;
  };
  for await (const batch of batches)
    for (const cells of batch) {
      const target = current === undefined || rows >= mostRows ? begin(batch) : current;
      rows += 1;
      writeRow(target, columns, cells);
    }
  (current ?? begin([])).commit();
}

function startSheet(
  book: ExcelJS.stream.xlsx.WorkbookWriter,
  name: string,
  title: string | undefined,
  columns: readonly DataColumn[],
  sample: readonly (readonly DataCell[])[],
): ExcelJS.Worksheet {
  const header = title === undefined ? 1 : 2;
  const sheet = book.addWorksheet(name.slice(0, MOST_NAME), { views: [{ state: 'frozen', ySplit: header }] });
  // Written before the first row is, and from then on fixed.
  sheet.columns = columns.map(({ title, kind }, index) => ({
    width: widthOf(title, kind, sample, index),
    style: kind === 'number' ? {} : { numFmt: kind === 'when' ? DAY : TEXT },
  }));
  if (columns.length > 0)
    sheet.autoFilter = { from: { row: header, column: 1 }, to: { row: header, column: columns.length } };
  if (title !== undefined) sheet.addRow([writtenText(title)]).commit();
  const head = sheet.addRow(columns.map(({ title }) => writtenText(title)));
  head.eachCell((cell) => {
    cell.style = HEAD;
  });
  head.commit();
  return sheet;
}

function writeRow(sheet: ExcelJS.Worksheet, columns: readonly DataColumn[], cells: readonly DataCell[]): void {
  const row = sheet.addRow([]);
  for (const [index, value] of cells.entries()) {
    if (value === null || value === undefined || value === '') continue;
    put(row.getCell(index + 1), columns[index]?.kind ?? 'text', value);
  }
  row.commit();
}

function put(cell: ExcelJS.Cell, kind: DataColumn['kind'], value: string | number): void {
  if (typeof value === 'number') {
    cell.value = value;
    if (kind !== 'number') cell.numFmt = 'General';
    return;
  }
  const moment = kind === 'when' ? excelMoment(value) : undefined;
  if (moment === undefined) {
    cell.value = writtenText(value);
    cell.numFmt = TEXT;
    return;
  }
  cell.value = moment.serial;
  cell.numFmt = moment.hasTime ? MOMENT : DAY;
}

function writeNotes(book: ExcelJS.stream.xlsx.WorkbookWriter, notes: NonNullable<DataTable['notes']>): void {
  const sheet = book.addWorksheet('说明');
  sheet.columns = [
    { width: 16, style: { numFmt: TEXT } },
    { width: 48, style: { numFmt: TEXT } },
  ];
  for (const { title, text } of notes)
    sheet.addRow([writtenText(title), text === null ? null : writtenText(text)]).commit();
  sheet.commit();
}

/** In widths of a digit: Chinese characters are two wide. */
function widthOf(
  title: string,
  kind: DataColumn['kind'],
  sample: readonly (readonly DataCell[])[],
  index: number,
): number {
  const texts = [title, ...sample.slice(0, 200).map((cells) => String(cells[index] ?? ''))];
  const widest = texts.reduce((most, text) => Math.max(most, lengthOf(text.slice(0, 100))), kind === 'when' ? 10 : 6);
  return Math.min(48, widest + 3);
}

const lengthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0);
