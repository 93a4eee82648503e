import { columnIndex } from './column-index.ts';
import { readXmlEntry } from './read-xml-entry.ts';
import { HEADER_ROWS, type Merge, NOT_STORED, type Sheet, unreadable, type Workbook } from './workbook.ts';
import { sheetRows } from './xlsx-rows.ts';
import { readSharedTexts, SharedTexts } from './xlsx-shared-texts.ts';
import { readStyles } from './xlsx-styles.ts';
import { attribute } from './xml-events.ts';
import type { ZipArchive } from './zip-archive.ts';

interface SheetEntry {
  name: string;
  hidden: boolean;
  entry: string;
}

/** @throws UnreadableFileError if the archive is no workbook, or damaged */
export async function openXlsx(path: string, zip: ZipArchive): Promise<Workbook> {
  const main = await mainPart(path, zip);
  const { sheets, epoch1904, styles, texts } = await readWorkbookPart(path, zip, main);
  const dateStyles = styles && zip.has(styles) ? await readStyles(path, zip, styles) : [];
  let shared: Promise<SharedTexts> | undefined;
  const sharedTexts = () => {
    shared ??= texts && zip.has(texts) ? readSharedTexts(path, zip, texts) : Promise.resolve(new SharedTexts());
    return shared;
  };
  const opened: Sheet[] = [];
  for (const { name, hidden, entry } of sheets) {
    if (!zip.has(entry)) throw unreadable(path, `is a damaged workbook (${entry} is missing); save it again`);
    opened.push({
      name,
      hidden,
      epoch1904,
      entry,
      merges: await readMerges(zip, entry),
      rows: async function* () {
        yield* sheetRows(path, zip, entry, await sharedTexts(), dateStyles, epoch1904);
      },
    });
  }
  return {
    format: 'xlsx',
    encoding: 'utf-8',
    sheets: opened,
    close: async () => {
      shared = undefined;
      zip.close();
    },
  };
}

async function mainPart(path: string, zip: ZipArchive): Promise<string> {
  if (zip.has('xl/workbook.bin'))
    throw unreadable(path, `is a binary workbook (xlsb) and ${NOT_STORED}; save it as xlsx`);
  const rels = zip.has('_rels/.rels') ? await relations(path, zip, '_rels/.rels', '') : new Map<string, Relation>();
  const main = [...rels.values()].find(({ type }) => type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
  if (!zip.has(main) || !/\bworkbook/i.test(main.split('/').at(-1)!))
    throw unreadable(
      path,
      `is a zip file but no workbook and ${NOT_STORED}; unpack it, or export the table as xlsx or CSV`,
    );
  return main;
}

interface Relation {
  type: string;
  target: string;
}

async function relations(path: string, zip: ZipArchive, entry: string, folder: string): Promise<Map<string, Relation>> {
  const found = new Map<string, Relation>();
  if (!zip.has(entry)) return found;
  await readXmlEntry(zip, path, entry, {
    open(name, { Id, Type, Target, TargetMode }) {
      // What lies outside of the file is never looked at.
      if (name !== 'Relationship' || !Id || !Target || TargetMode === 'External') return;
      found.set(Id, { type: Type ?? '', target: resolved(folder, Target) });
    },
    close() {},
    text() {},
  });
  return found;
}

function resolved(folder: string, target: string): string {
  const parts = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const part of target.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

async function readWorkbookPart(path: string, zip: ZipArchive, main: string) {
  const folder = main.split('/').slice(0, -1).join('/');
  const rels = await relations(path, zip, `${folder ? `${folder}/` : ''}_rels/${main.split('/').at(-1)}.rels`, folder);
  const sheets = new Map<string, SheetEntry>();
  let epoch1904 = false;
  await readXmlEntry(zip, path, main, {
    open(element, attributes) {
      if (element === 'workbookPr') epoch1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (element !== 'sheet') return;
      const relation = rels.get(attribute(attributes, 'id') ?? '');
      if (!relation?.type.endsWith('/worksheet')) return;
      const state = attributes.state ?? 'visible';
      const { target: entry } = relation;
      const name = attributes.name ?? '';
      const other = sheets.get(entry.toLowerCase());
      // No program writes that; each would be unpacked and brought in once more.
      if (other)
        throw unreadable(
          path,
          `is a damaged workbook (its sheets ${JSON.stringify(other.name)} and ${JSON.stringify(name)} are one and the same part, ${entry}) and ${NOT_STORED}; save it again in the spreadsheet`,
        );
      sheets.set(entry.toLowerCase(), { name, hidden: state !== 'visible', entry });
    },
    close() {},
    text() {},
  });
  const part = (kind: string) => [...rels.values()].find(({ type }) => type.endsWith(kind))?.target;
  return { sheets: [...sheets.values()], epoch1904, styles: part('/styles'), texts: part('/sharedStrings') };
}

const MERGE = /<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/g;
const MOST_MERGES = 10_000;
/** No tag of a merged range is longer. */
const TAIL = 200;

/** Merged ranges stand behind the rows, so the whole sheet is unpacked once before; that also finds what is cut off. */
async function readMerges(zip: ZipArchive, entry: string): Promise<Merge[]> {
  const merges: Merge[] = [];
  let tail = '';
  for await (const chunk of zip.chunks(entry)) {
    const text = tail + chunk.toString('latin1');
    let end = 0;
    // The pattern would look at every tag of a sheet of a gigabyte.
    for (const match of text.includes('mergeCell') ? text.matchAll(MERGE) : []) {
      end = match.index + match[0].length;
      const [top, bottom] = [Number(match[2]), Number(match[4])];
      if (top <= HEADER_ROWS && merges.length < MOST_MERGES)
        merges.push({ top, bottom, left: columnIndex(match[1]!), right: columnIndex(match[3]!) });
    }
    tail = text.slice(Math.max(end, text.length - TAIL));
  }
  return merges;
}
