/** The rows of one sheet of an xlsx workbook, as a stream. */
import { StringDecoder } from 'node:string_decoder';
import type { Cell } from '../cells/cell.ts';
import { serialOf } from '../cells/day.ts';
import { RowCells } from '../cells/row-cells.ts';
import { columnIndex } from './column-index.ts';
import { brokenXml } from './read-xml-entry.ts';
import { MOST_COLUMNS, type SheetRow } from './workbook.ts';
import { type SharedTexts, unescaped } from './xlsx-shared-texts.ts';
import { XmlError, type XmlHandler, XmlReader } from './xml-events.ts';
import type { ZipArchive } from './zip-archive.ts';

const LONGEST_TEXT = 1024 * 1024;

export async function* sheetRows(
  path: string,
  zip: ZipArchive,
  entry: string,
  texts: SharedTexts,
  dateStyles: readonly boolean[],
  epoch1904: boolean,
): AsyncGenerator<SheetRow> {
  const handler = new RowHandler(texts, dateStyles, epoch1904);
  const reader = new XmlReader(handler);
  const decoder = new StringDecoder('utf8');
  try {
    for await (const chunk of zip.chunks(entry)) {
      reader.write(decoder.write(chunk));
      yield* handler.take();
    }
    reader.end();
    yield* handler.take();
  } catch (error) {
    throw error instanceof XmlError ? brokenXml(path, entry, error) : error;
  }
}

class RowHandler implements XmlHandler {
  readonly #texts: SharedTexts;
  readonly #dateStyles: readonly boolean[];
  readonly #epoch1904: boolean;
  #ready: SheetRow[] = [];
  #row: SheetRow | undefined;
  #lastRow = 0;
  #column = -1;
  #type = '';
  #isDate = false;
  #value = '';
  #reading = false;
  #phonetic = 0;

  constructor(texts: SharedTexts, dateStyles: readonly boolean[], epoch1904: boolean) {
    this.#texts = texts;
    this.#dateStyles = dateStyles;
    this.#epoch1904 = epoch1904;
  }

  take(): SheetRow[] {
    return this.#ready.length > 0 ? this.#ready.splice(0) : this.#ready;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'c') this.#openCell(attributes);
    else if (name === 'v' || name === 't') this.#reading = this.#phonetic === 0;
    else if (name === 'row') {
      const number = Number(attributes.r ?? this.#lastRow + 1);
      this.#lastRow = Number.isSafeInteger(number) && number > 0 ? number : this.#lastRow + 1;
      this.#row = { number: this.#lastRow, cells: new RowCells() };
      this.#column = -1;
    } else if (name === 'rPh') this.#phonetic += 1;
  }

  #openCell({ r, t, s }: Record<string, string>): void {
    const letters = r && /^[A-Z]{1,3}/.exec(r)?.[0];
    this.#column = letters ? columnIndex(letters) : this.#column + 1;
    this.#type = t ?? 'n';
    this.#isDate = s !== undefined && this.#dateStyles[Number(s)] === true;
    this.#value = '';
  }

  text(text: string): void {
    if (this.#reading && this.#value.length < LONGEST_TEXT) this.#value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#reading = false;
    else if (name === 'c') {
      const cell = this.#cell();
      if (cell === undefined || !this.#row || this.#column >= MOST_COLUMNS) return;
      this.#row.cells.set(this.#column, cell);
    } else if (name === 'row') {
      if (this.#row && this.#row.cells.size > 0) this.#ready.push(this.#row);
      this.#row = undefined;
    } else if (name === 'rPh') this.#phonetic -= 1;
  }

  #cell(): Cell {
    const value = this.#value;
    if (value === '') return undefined;
    switch (this.#type) {
      case 's':
        return this.#texts.get(Number(value));
      case 'inlineStr':
      case 'str':
        return unescaped(value);
      case 'b':
        return value === '1' ? 'TRUE' : 'FALSE';
      case 'e':
        return undefined;
      case 'd': {
        const serial = serialOf(value, this.#epoch1904);
        return serial === undefined ? value : { serial };
      }
      default: {
        const number = Number(value);
        if (Number.isNaN(number)) return value;
        return this.#isDate ? { serial: number } : number;
      }
    }
  }
}
