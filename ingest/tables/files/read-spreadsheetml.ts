/** SpreadsheetML 2003 ("XML-Tabelle"): what platforms write and call .xls. One pass for the sheets, one for the rows of each. */
import { stat } from 'node:fs/promises';
import type { Cell } from '../cells/cell.ts';
import { serialOf } from '../cells/day.ts';
import { RowCells } from '../cells/row-cells.ts';
import { decodedChunks, type TextEncoding } from './decode-text.ts';
import {
  HEADER_ROWS,
  type Merge,
  MOST_COLUMNS,
  NOT_STORED,
  type Sheet,
  type SheetRow,
  unreadable,
  type Workbook,
} from './workbook.ts';
import { attribute, XmlError, type XmlHandler, XmlReader } from './xml-events.ts';

const MOST_MERGES = 10_000;
const LONGEST_TEXT = 1024 * 1024;
/** The sheets come one after the other in the file, and it is read from its start for each. */
const MOST_BYTES_READ = 4 * 1024 ** 3;

/** @throws UnreadableFileError if the XML is broken, or too large to be read once for each sheet */
export async function openSpreadsheetMl(path: string, encoding: TextEncoding): Promise<Workbook> {
  const outline = new OutlineHandler();
  for await (const _ of through(path, encoding, outline, () => []));
  const { size } = await stat(path);
  if (outline.sheets.length * size > MOST_BYTES_READ)
    throw unreadable(
      path,
      `is an XML workbook too large for its ${outline.sheets.length} sheets, since all of it is read for each, and ${NOT_STORED}; save it as xlsx`,
    );
  const sheets = outline.sheets.map(
    ({ name, hidden, merges }, index): Sheet => ({
      name,
      hidden,
      epoch1904: outline.epoch1904,
      merges,
      rows: () => {
        const handler = new TableHandler(index, outline.epoch1904);
        return through(path, encoding, handler, () => handler.take());
      },
    }),
  );
  return { format: 'spreadsheetml', encoding, sheets, close: async () => {} };
}

async function* through<T>(
  path: string,
  encoding: TextEncoding,
  handler: XmlHandler,
  take: () => readonly T[],
): AsyncGenerator<T> {
  const reader = new XmlReader(handler);
  try {
    for await (const text of decodedChunks(path, encoding)) {
      reader.write(text);
      yield* take();
    }
    reader.end();
    yield* take();
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw unreadable(path, `is a damaged XML workbook (${error.message}) and ${NOT_STORED}; save it as xlsx`);
  }
}

/** Where the next row or cell stands: `Index` counts from 1 and says so where something was left out. */
class Places {
  row = 0;
  column = -1;
  #span = 0;
  #across = 0;

  startTable(): void {
    this.row = 0;
    this.#span = 0;
  }

  openRow(attributes: Record<string, string>): void {
    const index = Number(attribute(attributes, 'Index'));
    this.row = index > this.row ? index : this.row + 1 + this.#span;
    this.#span = Number(attribute(attributes, 'Span') ?? 0) || 0;
    this.column = -1;
    this.#across = 0;
  }

  openCell(attributes: Record<string, string>): void {
    const index = Number(attribute(attributes, 'Index'));
    this.column = index > this.column + 1 ? index - 1 : this.column + 1 + this.#across;
    this.#across = Number(attribute(attributes, 'MergeAcross') ?? 0) || 0;
  }
}

class OutlineHandler implements XmlHandler {
  readonly sheets: { name: string; hidden: boolean; merges: Merge[] }[] = [];
  epoch1904 = false;
  readonly #places = new Places();
  #inVisible = false;

  open(name: string, attributes: Record<string, string>): void {
    const sheet = this.sheets.at(-1);
    if (name === 'Worksheet') {
      this.sheets.push({ name: attribute(attributes, 'Name') ?? '', hidden: false, merges: [] });
      this.#places.startTable();
    } else if (name === 'Date1904') this.epoch1904 = true;
    else if (name === 'Visible') this.#inVisible = true;
    else if (name === 'Row') this.#places.openRow(attributes);
    else if (name === 'Cell' && sheet) {
      this.#places.openCell(attributes);
      const across = Number(attribute(attributes, 'MergeAcross') ?? 0);
      const down = Number(attribute(attributes, 'MergeDown') ?? 0);
      const { row: top, column: left } = this.#places;
      if ((across || down) && top <= HEADER_ROWS && sheet.merges.length < MOST_MERGES)
        sheet.merges.push({ top, bottom: top + down, left, right: left + across });
    }
  }

  text(text: string): void {
    const sheet = this.sheets.at(-1);
    if (this.#inVisible && sheet && /Hidden/.test(text)) sheet.hidden = true;
  }

  close(name: string): void {
    if (name === 'Visible') this.#inVisible = false;
  }
}

class TableHandler implements XmlHandler {
  readonly #wanted: number;
  readonly #epoch1904: boolean;
  readonly #places = new Places();
  #ready: SheetRow[] = [];
  #sheet = -1;
  #row: SheetRow | undefined;
  #type = '';
  #value = '';
  #inData = false;
  #inComment = false;

  constructor(wanted: number, epoch1904: boolean) {
    this.#wanted = wanted;
    this.#epoch1904 = epoch1904;
  }

  take(): SheetRow[] {
    return this.#ready.splice(0);
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'Worksheet') {
      this.#sheet += 1;
      this.#places.startTable();
    }
    if (this.#sheet !== this.#wanted) return;
    if (name === 'Row') {
      this.#places.openRow(attributes);
      this.#row = { number: this.#places.row, cells: new RowCells() };
    } else if (name === 'Cell') this.#places.openCell(attributes);
    else if (name === 'Comment') this.#inComment = true;
    else if (name === 'Data' && !this.#inComment) {
      this.#inData = true;
      this.#type = attribute(attributes, 'Type') ?? 'String';
      this.#value = '';
    }
  }

  text(text: string): void {
    if (this.#inData && this.#value.length < LONGEST_TEXT) this.#value += text;
  }

  close(name: string): void {
    if (this.#sheet !== this.#wanted) return;
    if (name === 'Comment') this.#inComment = false;
    else if (name === 'Data' && this.#inData) {
      this.#inData = false;
      const cell = this.#cell();
      if (cell === undefined || !this.#row || this.#places.column >= MOST_COLUMNS) return;
      this.#row.cells.set(this.#places.column, cell);
    } else if (name === 'Row') {
      if (this.#row && this.#row.cells.size > 0) this.#ready.push(this.#row);
      this.#row = undefined;
    }
  }

  #cell(): Cell {
    if (this.#value === '' || this.#type === 'Error') return undefined;
    if (this.#type === 'Boolean') return this.#value === '1' ? 'TRUE' : 'FALSE';
    if (this.#type === 'Number') {
      const number = Number(this.#value);
      return Number.isNaN(number) ? this.#value : number;
    }
    if (this.#type === 'DateTime') {
      const serial = serialOf(this.#value, this.#epoch1904);
      return serial === undefined ? this.#value : { serial };
    }
    return this.#value;
  }
}
