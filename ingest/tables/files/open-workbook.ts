/** Tells a file by its content, never by its name (office-files §1). */
import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { encodingOf, markedEncoding } from './decode-text.ts';
import { NOT_STORED, unreadable, type Workbook } from './workbook.ts';

/** Events go the way of NDJSON; everything else is a table or refused. */
export type ImportKind = 'events' | 'table';

const HEAD_BYTES = 256 * 1024;
const LINES_LOOKED_AT = 10;

const ZIP = ['504b0304', '504b0506'];
const OLE = 'd0cf11e0a1b11ae1';
const WORKBOOKS = [...ZIP, OLE];

const MAGIC: readonly (readonly [bytes: string, what: string])[] = [
  ['25504446', 'a PDF'],
  ['89504e47', 'an image'],
  ['ffd8ff', 'an image'],
  ['47494638', 'an image'],
  ['49492a00', 'an image'],
  ['4d4d002a', 'an image'],
  ['52494646', 'an image or a recording'],
  ['52617221', 'a RAR archive'],
  ['377abcaf', 'a 7-Zip archive'],
];

export async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const starts = (head: Buffer, hex: string): boolean => head.subarray(0, hex.length / 2).toString('hex') === hex;

/** @throws UnreadableFileError for what is packed and holds no events */
export function kindOf(path: string, head: Buffer): ImportKind {
  // What is packed may hold anything by chance, also a line that begins like an event.
  if ([...WORKBOOKS, ...MAGIC.map(([bytes]) => bytes)].some((bytes) => starts(head, bytes))) return 'table';
  if (!starts(head, '1f8b')) return isEvents(startOfText(head)) ? 'events' : 'table';
  const unpacked = startOfGzip(head);
  // What cannot be unpacked at all is left to the reader of events, which says where it is cut off or damaged.
  if (unpacked === undefined || isEvents(startOfText(unpacked))) return 'events';
  throw unreadable(path, `is packed by gzip and holds no events, so ${NOT_STORED}; unpack it first`);
}

function startOfText(head: Buffer): string {
  return new TextDecoder(markedEncoding(head) ?? 'utf-8').decode(head, { stream: true });
}

/** Empty text, or `{` at the start of one of the first ten lines that are not blank. */
function isEvents(text: string): boolean {
  const lines = text
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimStart())
    .filter((line) => line !== '');
  return lines.length === 0 || lines.slice(0, LINES_LOOKED_AT).some((line) => line.startsWith('{'));
}

/** So few bytes unpack to 16 MiB at the worst. */
const PACKED_HEAD = 16 * 1024;

function startOfGzip(head: Buffer): Buffer | undefined {
  try {
    return gunzipSync(head.subarray(0, PACKED_HEAD), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}

/**
 * Loads the reader of this kind of file alone.
 * @throws UnreadableFileError with one sentence that says what the file is and what to do
 */
export async function openWorkbook(path: string, head: Buffer): Promise<Workbook> {
  if (ZIP.some((bytes) => starts(head, bytes))) {
    const [{ ZipArchive }, { openXlsx }] = await Promise.all([import('./zip-archive.ts'), import('./read-xlsx.ts')]);
    const zip = await ZipArchive.open(path);
    try {
      return await openXlsx(path, zip);
    } catch (error) {
      zip.close();
      throw error;
    }
  }
  if (starts(head, OLE)) return (await import('./read-xls.ts')).openXls(path);
  const known = MAGIC.find(([bytes]) => starts(head, bytes));
  if (known) throw unreadable(path, `is ${known[1]} and ${NOT_STORED}; export the table as xlsx or CSV`);
  return openText(path, head);
}

async function openText(path: string, head: Buffer): Promise<Workbook> {
  const encoding = await encodingOf(path, head);
  const start = new TextDecoder(encoding).decode(head, { stream: true });
  if (start.includes('\0'))
    throw unreadable(path, `is neither text nor a workbook, so ${NOT_STORED}; export the table as xlsx or CSV`);
  if (!/^\s*</.test(start)) return (await import('./read-delimited.ts')).openDelimited(path, encoding);
  if (start.includes('urn:schemas-microsoft-com:office:spreadsheet'))
    return (await import('./read-spreadsheetml.ts')).openSpreadsheetMl(path, encoding);
  const what = /<html|<!doctype html|<table/i.test(start) ? 'a web page (HTML)' : 'an XML file that is no workbook';
  throw unreadable(path, `is ${what} and ${NOT_STORED}; open it in the spreadsheet and save it as xlsx`);
}
