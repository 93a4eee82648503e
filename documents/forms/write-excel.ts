/** A workbook: the text on the first sheet, each table whole on one of its own. Numbers are numbers; texts are never run. */
import ExcelJS from 'exceljs';
import QRCode from 'qrcode';
import { chartPicture } from '../charts/draw-chart.ts';
import type { Block, Cell, ChartBlock, Document, TableBlock } from '../document.ts';
import { fixedZip } from './fixed-zip.ts';

const FONT = { name: '宋体', size: 11 } as const;
const THIN = { style: 'thin', color: { argb: 'FF9AA5B1' } } as const;
const BORDER = { top: THIN, bottom: THIN, left: THIN, right: THIN } as const;

export async function writeExcel(document: Document): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.creator = document.issuer;
  book.title = document.title;
  await textSheet(book, document);
  const names = new Set<string>(['通报']);
  for (const block of [...document.blocks, ...document.annexes])
    if (block.kind === 'table') tableSheet(book, block, sheetName(block.sheet, names), document.footer);
    else if (block.kind === 'chart') await chartSheet(book, block, sheetName(block.caption, names));
  return fixedZip(new Uint8Array(await book.xlsx.writeBuffer()), document.at);
}

async function textSheet(book: ExcelJS.Workbook, document: Document): Promise<void> {
  const sheet = book.addWorksheet('通报', {
    pageSetup: { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.getColumn(1).width = 78;
  const add = (text: string, style: Partial<ExcelJS.Font> = {}, horizontal: 'left' | 'center' | 'right' = 'left') => {
    const cell = sheet.addRow([text]).getCell(1);
    cell.font = { ...FONT, ...style };
    cell.alignment = { wrapText: true, vertical: 'top', horizontal };
    // A row of wrapped text keeps the height it is given.
    sheet.lastRow!.height = Math.max(1, Math.ceil(lengthOf(text) / 74)) * ((style.size ?? FONT.size) * 1.5);
  };
  add(document.title, { size: 18, bold: true }, 'center');
  if (document.number) add(document.number, {}, 'center');
  add(document.addressees);
  for (const block of [...document.blocks, ...document.annexes])
    add(lineOf(block), block.kind === 'heading' ? { bold: true, size: 13 } : {});
  add(document.issuer, {}, 'right');
  add(document.day, {}, 'right');
  add(document.footer, { size: 9 });
  const image = book.addImage({
    base64: await QRCode.toDataURL(document.qr, { margin: 0, scale: 4 }),
    extension: 'png',
  });
  sheet.addImage(image, { tl: { col: 0, row: sheet.rowCount }, ext: { width: 110, height: 110 } });
}

function lineOf(block: Block): string {
  if (block.kind === 'table') return `${block.caption}：见工作表“${block.sheet}”`;
  return block.kind === 'chart' ? `${block.caption}：见工作表“${block.caption}”` : block.text;
}

async function chartSheet(book: ExcelJS.Workbook, { caption, alt, spec }: ChartBlock, name: string): Promise<void> {
  const sheet = book.addWorksheet(name, {
    pageSetup: { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.addRow([caption]).getCell(1).font = { ...FONT, size: 14, bold: true };
  sheet.addRow([alt]).getCell(1).font = FONT;
  const { png, width, height } = await chartPicture(spec);
  const image = book.addImage({ base64: `data:image/png;base64,${png.toString('base64')}`, extension: 'png' });
  sheet.addImage(image, { tl: { col: 0, row: 3 }, ext: { width, height } });
}

function tableSheet(
  book: ExcelJS.Workbook,
  { caption, columns, rows, note, landscape }: TableBlock,
  name: string,
  footer: string,
): void {
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: {
      paperSize: 9,
      orientation: landscape ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:2',
    },
    headerFooter: { oddFooter: `&C&8${footer.replaceAll('&', '&&')}&R&8&P / &N` },
  });
  sheet.addRow([caption]).getCell(1).font = { ...FONT, size: 14, bold: true };
  sheet.mergeCells(1, 1, 1, columns.length);
  sheet.getCell(1, 1).alignment = { horizontal: 'center' };
  const head = sheet.addRow(columns.map(({ title }) => title));
  head.eachCell((cell) => {
    cell.font = { ...FONT, bold: true };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8ECF1' } };
    cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
    cell.border = BORDER;
  });
  for (const cells of rows) {
    const row = sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? cell : cell.value)));
    for (const [i, cell] of cells.entries()) styleCell(row.getCell(i + 1), cell, columns[i]!.align);
  }
  for (const [i, column] of columns.entries())
    sheet.getColumn(i + 1).width = widthOf([column.title, ...rows.map((cells) => cells[i]!)]);
  if (rows.length > 0) sheet.autoFilter = { from: { row: 2, column: 1 }, to: { row: 2, column: columns.length } };
  if (note) sheet.addRow([note]).getCell(1).font = { ...FONT, size: 9 };
}

function styleCell(target: ExcelJS.Cell, cell: Cell, align: 'left' | 'right'): void {
  target.font = FONT;
  target.border = BORDER;
  target.alignment = { horizontal: align, vertical: 'top', wrapText: align === 'left' };
  if (typeof cell !== 'string') target.numFmt = formatOf(cell.text);
  // Text stays text: a code of digits is not rounded, a text that begins with = is not run.
  else target.numFmt = '@';
}

/** The format that shows the number as the text does. */
function formatOf(text: string): string {
  const decimals = /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  if (/[↑↓持]/.test(text)) return '"↑"0;"↓"0;"持平"';
  return `0${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}${text.endsWith('%') ? '%' : ''}`;
}

/** In widths of a digit: Chinese characters are two wide. */
function lengthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0);
}

function widthOf(cells: readonly Cell[]): number {
  const widths = cells.map((cell) => lengthOf(typeof cell === 'string' ? cell : cell.text));
  return Math.min(48, Math.max(8, ...widths) + 3);
}

/** Excel allows 31 characters without : \ / ? * [ ], each name once. */
function sheetName(wanted: string, taken: Set<string>): string {
  const clean = wanted.replace(/[:\\/?*[\]]/g, ' ').slice(0, 28);
  let name = clean;
  for (let n = 2; taken.has(name); n += 1) name = `${clean} ${n}`;
  taken.add(name);
  return name;
}
