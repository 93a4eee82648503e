/** What every kind of table file is read as. Rows come one after the other: no file is held as a whole. */
import { UnreadableFileError } from '../../files/read-file.ts';
import type { RowCells } from '../cells/row-cells.ts';

export interface SheetRow {
  /** From 1, as the spreadsheet shows it. */
  number: number;
  cells: RowCells;
}

/** A merged range: rows from 1, columns from 0, both ends inclusive. Only those that touch the first rows are told. */
export interface Merge {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** Headers stand in the first ten rows, or in a pair that begins there. */
export const HEADER_ROWS = 11;

export interface Sheet {
  /** Empty for delimited text, which has no sheets. */
  name: string;
  hidden: boolean;
  /** Numbers that stand for days count from 1904-01-01. */
  epoch1904: boolean;
  merges: readonly Merge[];
  /** Of xlsx: the part of the archive that holds it. */
  entry?: string;
  /** May be called again: it reads from the start. @throws UnreadableFileError */
  rows(): AsyncIterable<SheetRow>;
}

export type FileFormat = 'xlsx' | 'xls' | 'spreadsheetml' | 'text';

export interface Workbook {
  format: FileFormat;
  /** As `TextDecoder` calls it. */
  encoding: string;
  /** Of delimited text: the same text under each separator, of which the first counts under which a header is recognised. */
  sheets: readonly Sheet[];
  close(): Promise<void>;
}

/** No spreadsheet has more in a sheet. */
export const MOST_ROWS = 1_048_576;

/** From A to XFD. */
export const MOST_COLUMNS = 16_384;

/** Of a file, or lines of delimited text: each takes some 200 bytes of memory until all of the file is read. */
export const MOST_ENTRIES = 2_000_000;

/** Larger files are not unpacked. */
export const MAX_UNPACKED_BYTES = 1024 ** 3;

/** A file that is no table that the product reads. The message is one sentence with the way out. */
export const unreadable = (path: string, why: string): UnreadableFileError => new UnreadableFileError(`${path} ${why}`);

export const NOT_STORED = 'nothing of it is stored';
