import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { Zip, ZipDeflate } from 'fflate';
import { columnIndex } from '../files/column-index.ts';
import { NOT_STORED, unreadable, type Workbook } from '../files/workbook.ts';
import { ZipArchive } from '../files/zip-archive.ts';
import { FAULT_HEADER, type SheetFaults } from './sheet-faults.ts';

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
  const column = columnName(await widestRow(path, zip, name));
  let last = 0;
  for await (const { text, row } of pieces(path, zip, name)) {
    if (!row) {
      yield Buffer.from(text);
      continue;
    }
    const number = Number(/\br="(\d+)"/.exec(row.tag)?.[1] ?? last + 1);
    last = number;
    const words = number === headerRow ? FAULT_HEADER : byRow.get(number);
    yield Buffer.from(words === undefined ? text : withCell(text, row.prefix, `${column}${number}`, words));
  }
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

/** The sheet as text: whole rows, and what stands between them. */
async function* pieces(
  path: string,
  zip: ZipArchive,
  name: string,
): AsyncGenerator<{ text: string; row?: { prefix: string; tag: string } }> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of zip.chunks(name)) {
    rest += decoder.write(chunk);
    for (;;) {
      const start = ROW_START.exec(rest);
      if (!start) break;
      const [tag, prefix = ''] = start;
      const close = `</${prefix}row>`;
      const end = tag.endsWith('/>') ? start.index + tag.length : rest.indexOf(close, start.index);
      if (end < 0) break;
      const stop = tag.endsWith('/>') ? end : end + close.length;
      if (start.index > 0) yield { text: rest.slice(0, start.index) };
      yield { text: rest.slice(start.index, stop), row: { prefix, tag } };
      rest = rest.slice(stop);
    }
    if (rest.length > LONGEST_ROW)
      throw unreadable(path, `has a row of more than 64 MiB and ${NOT_STORED}; it is no table of an office`);
  }
  yield { text: rest + decoder.end() };
}

/** Number of columns of the widest row. */
async function widestRow(path: string, zip: ZipArchive, name: string): Promise<number> {
  let width = 0;
  for await (const { text, row } of pieces(path, zip, name)) {
    if (!row) continue;
    let column = -1;
    for (const [tag] of text.matchAll(/<(?:\w+:)?c\b[^<>]*>/g)) {
      const letters = /\br="([A-Z]{1,3})\d+"/.exec(tag)?.[1];
      column = letters ? columnIndex(letters) : column + 1;
      width = Math.max(width, column + 1);
    }
  }
  return width;
}

/** @param index from 0 */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
