import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { Zip, ZipDeflate } from 'fflate';
import { columnIndex } from '../files/column-index.ts';
import { MOST_COLUMNS, NOT_STORED, unreadable, type Workbook } from '../files/workbook.ts';
import { ZipArchive } from '../files/zip-archive.ts';
import { FAULT_HEADER, NO_ROOM, type SheetFaults } from './sheet-faults.ts';

/** A row of a sheet that is longer is none of an office. */
const LONGEST_ROW = 64 * 1024 * 1024;

/**
 * Every part is copied but the sheets with faults, which get one cell more in the rows concerned; formats, widths, hidden
 * sheets, notes stay. Nothing is held as a whole. @throws UnreadableFileError
 */
export async function markXlsx(
  path: string,
  { sheets }: Workbook,
  faults: ReadonlyMap<string, SheetFaults>,
  into: string,
): Promise<void> {
  const marked = new Map(
    sheets.flatMap(({ entry, name }) => {
      const found = faults.get(name);
      return entry !== undefined && found ? [[entry.toLowerCase(), found] as const] : [];
    }),
  );
  const zip = await ZipArchive.open(path);
  const output = new ZipOutput(into);
  try {
    for (const name of zip.originalNames()) {
      const found = marked.get(name.toLowerCase());
      await output.add(name, found ? markedSheet(path, zip, name, found) : zip.chunks(name));
    }
  } finally {
    zip.close();
    await output.end();
  }
}

class ZipOutput {
  readonly #zip: Zip;
  readonly #file;

  constructor(into: string) {
    this.#file = createWriteStream(into, { mode: 0o600 });
    this.#zip = new Zip((error, data) => {
      if (error) this.#file.destroy(error);
      else this.#file.write(data);
    });
  }

  async add(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const entry = new ZipDeflate(name, { level: 6 });
    this.#zip.add(entry);
    for await (const chunk of chunks) {
      entry.push(new Uint8Array(chunk));
      if (this.#file.writableNeedDrain) await new Promise((resolve) => this.#file.once('drain', resolve));
    }
    entry.push(new Uint8Array(0), true);
  }

  async end(): Promise<void> {
    this.#zip.end();
    this.#file.end();
    await finished(this.#file);
  }
}

const ROW_START = /<((?:\w+:)?)row\b[^<>]*>/;

async function* markedSheet(
  path: string,
  zip: ZipArchive,
  name: string,
  { headerRow, byRow }: SheetFaults,
): AsyncGenerator<Uint8Array> {
  const wordsOf = (number: number) => (number === headerRow ? FAULT_HEADER : byRow.get(number));
  const column = columnName(freeColumn(path, await widths(path, zip, name, (number) => wordsOf(number) !== undefined)));
  for await (const { text, row } of pieces(path, zip, name)) {
    const words = row && wordsOf(row.number);
    yield Buffer.from(words === undefined ? text : withCell(text, row!.prefix, `${column}${row!.number}`, words));
  }
}

/** Right of all rows; where one of them reaches to the end of the sheet, right of those that get words. */
function freeColumn(path: string, { all, marked }: Widths): number {
  if (all < MOST_COLUMNS) return all;
  if (marked < MOST_COLUMNS) return marked;
  throw unreadable(path, NO_ROOM);
}

/** A cell more at the end of a row; what says how far the row reaches goes, since it does not hold any more. */
function withCell(text: string, prefix: string, place: string, words: string): string {
  const cell = `<${prefix}c r="${place}" t="inlineStr"><${prefix}is><${prefix}t xml:space="preserve">${escaped(words)}</${prefix}t></${prefix}is></${prefix}c>`;
  const end = text.lastIndexOf(`</${prefix}row>`);
  if (end < 0) return text;
  // In the tag of the row alone: what a cell says may look like it.
  return (text.slice(0, end) + cell + text.slice(end)).replace(/^([^>]*?)\sspans="[^"]*"/, '$1');
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML takes none of them.
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');

interface Piece {
  text: string;
  row?: { prefix: string; number: number };
}

/** The sheet as text: whole rows, and what stands between them. */
async function* pieces(path: string, zip: ZipArchive, name: string): AsyncGenerator<Piece> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let last = 0;
  /** So far no end of a row stands in what is left. */
  let seen = 0;
  for await (const chunk of zip.chunks(name)) {
    rest += decoder.write(chunk);
    for (;;) {
      const start = ROW_START.exec(rest);
      if (!start) {
        // All but a tag that may be cut off.
        const cut = rest.lastIndexOf('<');
        if (cut > 0) yield { text: rest.slice(0, cut) };
        rest = rest.slice(Math.max(cut, 0));
        break;
      }
      const [tag, prefix = ''] = start;
      const close = `</${prefix}row>`;
      const end = tag.endsWith('/>') ? start.index + tag.length : rest.indexOf(close, Math.max(start.index, seen));
      if (end < 0) {
        seen = rest.length - close.length;
        break;
      }
      const stop = tag.endsWith('/>') ? end : end + close.length;
      if (start.index > 0) yield { text: rest.slice(0, start.index) };
      last = Number(/\br="(\d+)"/.exec(tag)?.[1] ?? last + 1);
      yield { text: rest.slice(start.index, stop), row: { prefix, number: last } };
      rest = rest.slice(stop);
      seen = 0;
    }
    if (rest.length > LONGEST_ROW)
      throw unreadable(path, `has a row of more than 64 MiB and ${NOT_STORED}; it is no table of an office`);
  }
  yield { text: rest + decoder.end() };
}

/** Number of columns of the widest row. */
interface Widths {
  all: number;
  /** Of those that get words. */
  marked: number;
}

async function widths(
  path: string,
  zip: ZipArchive,
  name: string,
  isMarked: (row: number) => boolean,
): Promise<Widths> {
  let all = 0;
  let marked = 0;
  for await (const { text, row } of pieces(path, zip, name)) {
    if (!row) continue;
    let column = -1;
    for (const [tag] of text.matchAll(/<(?:\w+:)?c\b[^<>]*>/g)) {
      const letters = /\br="([A-Z]{1,3})\d+"/.exec(tag)?.[1];
      column = letters ? columnIndex(letters) : column + 1;
      all = Math.max(all, column + 1);
      if (isMarked(row.number)) marked = Math.max(marked, column + 1);
    }
  }
  return { all, marked };
}

/** @param index from 0 */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
