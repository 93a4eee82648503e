import { writtenText } from '@hengjian/contract/workbook-text.ts';
import ExcelJs from 'exceljs';
import type { Cell } from '../cells/cell.ts';
import { MOST_COLUMNS, MOST_ROWS, type Sheet, unreadable, type Workbook } from '../files/workbook.ts';
import { FAULT_HEADER, NO_ROOM, type SheetFaults } from './sheet-faults.ts';

/** Days between the epochs of 1904 and 1900. */
const EPOCHS = 1_462;

/** The sheets that were read, row by row at their places: texts stay texts, days days. @throws UnreadableFileError */
export async function rewriteWorkbook(
  path: string,
  { sheets, format }: Workbook,
  faults: ReadonlyMap<string, SheetFaults>,
  into: string,
): Promise<void> {
  const writer = new ExcelJs.stream.xlsx.WorkbookWriter({ filename: into, useStyles: true });
  const written = format === 'text' ? [await underItsSeparator(sheets, faults.get('')?.headerRow ?? 1)] : sheets;
  for (const sheet of written) await rewriteSheet(path, writer, sheet, faults.get(sheet.name));
  await writer.commit();
}

/** The same text stands under each separator: the right one parts the header into most cells. */
async function underItsSeparator(sheets: readonly Sheet[], headerRow: number): Promise<Sheet> {
  let best = { sheet: sheets[0]!, cells: 0 };
  for (const sheet of sheets)
    for await (const { number, cells } of sheet.rows()) {
      if (number < headerRow) continue;
      if (cells.size > best.cells) best = { sheet, cells: cells.size };
      break;
    }
  return best.sheet;
}

async function rewriteSheet(
  path: string,
  writer: ExcelJs.stream.xlsx.WorkbookWriter,
  sheet: Sheet,
  faults: SheetFaults | undefined,
): Promise<void> {
  const target = writer.addWorksheet(sheet.name || '表', { state: sheet.hidden ? 'hidden' : 'visible' });
  const column = faults ? (await widthOf(sheet)) + 1 : 0;
  if (column > MOST_COLUMNS) throw unreadable(path, NO_ROOM);
  for await (const { number, cells } of sheet.rows()) {
    if (number > MOST_ROWS) break;
    const row = target.getRow(number);
    cells.each((cell, index) => put(row.getCell(index + 1), cell, sheet.epoch1904));
    const words = number === faults?.headerRow ? FAULT_HEADER : faults?.byRow.get(number);
    if (words !== undefined) {
      row.getCell(column).value = words;
      row.getCell(column).font = { bold: true, color: { argb: 'FFB00020' } };
    }
    row.commit();
  }
  target.commit();
}

async function widthOf(sheet: Sheet): Promise<number> {
  let width = 0;
  for await (const { cells } of sheet.rows()) width = Math.max(width, cells.width);
  return width;
}

function put(into: ExcelJs.Cell, cell: Cell, epoch1904: boolean): void {
  if (cell === undefined) return;
  if (typeof cell !== 'object') {
    into.value = typeof cell === 'string' ? writtenText(cell) : cell;
    if (typeof cell === 'string') into.numFmt = '@';
    return;
  }
  into.value = cell.serial + (epoch1904 ? EPOCHS : 0);
  into.numFmt = Number.isInteger(cell.serial) ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm:ss';
}
