/** Reads the columns that a mapping names from a CSV file, plain or gzipped. */
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { CommandError } from '@hengjian/warehouse';
import { CsvError, parse } from 'csv-parse';

export interface Table {
  file: string;
  /** Number of data rows. */
  size: number;
  /** Trimmed texts by column name, as long as the table. */
  columns: ReadonlyMap<string, readonly string[]>;
  /** The line of the file on which each row begins. */
  lines: readonly number[];
}

/** What spreadsheets and statistics programs write where nothing is known. */
const MISSING = new Set(['', 'NA', 'N/A', 'NaN', 'nan', 'null', 'NULL', '-', '—']);
export const isMissing = (text: string): boolean => MISSING.has(text);

/**
 * @param needed columns that must be there
 * @param wanted columns that are read where they are there
 * @throws CommandError with file, line and reason
 */
export async function readTable(
  file: string,
  needed: readonly string[],
  wanted: readonly string[] = [],
): Promise<Table> {
  const start = firstText(file);
  const columns = new Map<string, string[]>();
  const lines: number[] = [];
  let places: [string[], number][] | undefined;
  const readRow = (row: readonly string[], line: number) => {
    if (places) {
      for (const [values, place] of places) values.push(row[place]!.trim());
      lines.push(line);
      return;
    }
    places = placesIn(row, file, needed, wanted).map(([name, place]) => {
      const values: string[] = [];
      columns.set(name, values);
      return [values, place];
    });
  };
  const parser = parse({ bom: true, delimiter: delimiterOf(start.text), skip_empty_lines: true, info: true });
  const consume = async (records: AsyncIterable<{ record: string[]; info: { lines: number } }>) => {
    let ended = 0;
    for await (const { record, info } of records) {
      readRow(record, ended + 1);
      ended = info.lines;
    }
  };
  try {
    const bytes = createReadStream(file);
    if (start.zipped) await pipeline(bytes, createGunzip(), decodeUtf8, parser, consume);
    else await pipeline(bytes, decodeUtf8, parser, consume);
  } catch (error) {
    throw readFailure(file, error);
  }
  if (!places) throw new CommandError(`${file} is empty: it needs a line of column names and rows below.`);
  if (lines.length === 0) throw new CommandError(`${file} holds column names but no row.`);
  return { file, size: lines.length, columns, lines };
}

/** Offices' programs also write GB 18030, in which names would turn into other characters without a word. */
async function* decodeUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function firstText(file: string): { zipped: boolean; text: string } {
  const start = firstBytes(file);
  if (start.length === 0) throw new CommandError(`${file} is empty: it needs a line of column names and rows below.`);
  if (['504b0304', 'd0cf11e0'].includes(start.subarray(0, 4).toString('hex')))
    throw new CommandError(
      `${file} is a workbook or an archive, not CSV; save the sheet as "CSV UTF-8" and name that file.`,
    );
  const zipped = start[0] === 0x1f && start[1] === 0x8b;
  let text = start;
  if (zipped) {
    try {
      text = gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH });
    } catch (error) {
      throw readFailure(file, error);
    }
  }
  if (text.includes(0)) throw new CommandError(`${file} is not CSV: it holds bytes that no text holds.`);
  return { zipped, text: text.toString('utf8') };
}

function firstBytes(file: string): Buffer {
  const bytes = Buffer.alloc(64 * 1024);
  try {
    const handle = openSync(file, 'r');
    try {
      return bytes.subarray(0, readSync(handle, bytes));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}.`);
  }
}

/** Offices' programs write commas, semicolons or tabs; the line of names tells which. */
function delimiterOf(start: string): string {
  const head = start.split(/\r?\n/, 1)[0]!;
  return [',', '\t', ';'].reduce((best, mark) => (head.split(mark).length > head.split(best).length ? mark : best));
}

function placesIn(
  row: readonly string[],
  file: string,
  needed: readonly string[],
  wanted: readonly string[],
): [string, number][] {
  const names = row.map((name) => name.trim());
  const twice = names.find((name, i) => needed.includes(name) && names.indexOf(name) !== i);
  if (twice) throw new CommandError(`${file} names the column ${twice} twice; keep one of them.`);
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new CommandError(
      `${file} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')} that the mapping names; it has ${names.slice(0, 60).join(', ')}. Correct the mapping or the file.`,
    );
  return [...new Set([...needed, ...wanted])].flatMap((name) => {
    const place = names.indexOf(name);
    return place < 0 ? [] : [[name, place] as [string, number]];
  });
}

function readFailure(file: string, error: unknown): unknown {
  if (error instanceof CsvError)
    return new CommandError(
      `${file} is not readable as CSV: ${error.message.replace(/[.\s]+$/, '')}. Correct the line and repeat.`,
    );
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return new CommandError(`${file} is not UTF-8; save it as "CSV UTF-8" and repeat.`);
  if (typeof code === 'string' && /^(Z_|E[A-Z]+$)/.test(code))
    return new CommandError(`${file} cannot be read: ${(error as Error).message}.`);
  return error;
}
