/** The thread in which the library reads an xls file: whatever the file does to it, the import goes on. */
import { parentPort } from 'node:worker_threads';
import { CFB, read, SSF, type WorkBook, type WorkSheet } from '@e965/xlsx';
import type { Cell } from '../cells/cell.ts';
import { HEADER_ROWS, type Merge } from './workbook.ts';

export interface XlsSheet {
  name: string;
  hidden: boolean;
  epoch1904: boolean;
  merges: Merge[];
}

/** As it goes from one thread to the other. */
export interface XlsRow {
  number: number;
  /** From column A on. */
  cells: Cell[];
}

export type XlsAnswer =
  | { sheets: XlsSheet[] }
  | { rows: XlsRow[]; next?: number }
  | { refusal: string; wayOut: string };

type Question = { open: Uint8Array } | { sheet: number; from: number };

const BATCH_ROWS = 2_000;
const MOST_MERGES = 10_000;

let workbook: WorkBook | undefined;

function openBytes(bytes: Buffer): XlsAnswer {
  const container = CFB.read(bytes, { type: 'buffer' });
  const holds = (name: string) => CFB.find(container, name) !== null;
  if (holds('/EncryptedPackage') || holds('/EncryptionInfo'))
    return { refusal: 'is protected by a password', wayOut: 'save it without one' };
  if (!holds('/Workbook'))
    return holds('/Book')
      ? { refusal: 'is a workbook of Excel 95 or older', wayOut: 'save it as xlsx' }
      : { refusal: 'is an Office file but no Excel workbook', wayOut: 'export the table as xlsx or CSV' };
  workbook = read(bytes, {
    type: 'buffer',
    dense: true,
    cellNF: true,
    cellHTML: false,
    cellFormula: false,
    cellText: false,
  });
  const { Sheets, SheetNames, Workbook } = workbook;
  return {
    sheets: SheetNames.map((name, index) => ({
      name,
      hidden: (Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0,
      epoch1904: Workbook?.WBProps?.date1904 === true,
      merges: (Sheets[name]?.['!merges'] ?? [])
        .filter(({ s }) => s.r < HEADER_ROWS)
        .slice(0, MOST_MERGES)
        .map(({ s, e }) => ({ top: s.r + 1, bottom: e.r + 1, left: s.c, right: e.c })),
    })),
  };
}

interface LibraryCell {
  t?: string;
  v?: unknown;
  z?: string | number;
}

function rowsFrom(sheet: WorkSheet, from: number): XlsAnswer {
  const data = (sheet['!data'] ?? []) as (LibraryCell | undefined)[][];
  const rows: XlsRow[] = [];
  let at = from;
  for (; at < data.length && rows.length < BATCH_ROWS; at += 1) {
    const source = data[at];
    if (!source) continue;
    const cells = Array.from(source, cellOf);
    if (cells.some((cell) => cell !== undefined)) rows.push({ number: at + 1, cells });
  }
  return at < data.length ? { rows, next: at } : { rows };
}

function cellOf(cell: LibraryCell | undefined): Cell {
  switch (cell?.t) {
    case 's':
      return String(cell.v ?? '');
    case 'b':
      return cell.v ? 'TRUE' : 'FALSE';
    case 'n': {
      const number = Number(cell.v);
      return isDateFormat(cell.z) ? { serial: number } : number;
    }
    default:
      return undefined;
  }
}

const isDateFormat = (format: string | number | undefined): boolean =>
  format !== undefined && format !== 'General' && SSF.is_date(String(format));

parentPort?.on('message', (question: Question) => {
  parentPort!.postMessage(answer(question));
});

function answer(question: Question): XlsAnswer {
  try {
    if ('open' in question) return openBytes(Buffer.from(question.open));
    const name = workbook!.SheetNames[question.sheet]!;
    return rowsFrom(workbook!.Sheets[name]!, question.from);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return /password|encrypt/i.test(message)
      ? { refusal: 'is protected by a password', wayOut: 'save it without one' }
      : { refusal: `is damaged (${message.slice(0, 200)})`, wayOut: 'save it as xlsx' };
  }
}
