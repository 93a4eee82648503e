/** Quarterly lists as tables: the empty one to fill in, and a filled one as it is read. */
import type { Reason } from './reasons.ts';

export interface ListRow {
  uscc: string;
  doc_no: string;
  /** YYYY-MM-DD */
  decided_on: string;
}

export interface FiledList {
  unit: string;
  quarter: string;
  kind: string;
  /** None: a zero report. */
  rows: ListRow[];
}

/** Rows that were refused stand by their number in the sheet; `unreadable` says in a sentence why it is no such table at all. */
export type ReadLists =
  | { ok: true; lists: FiledList[] }
  | { ok: false; unreadable?: string; refused: { row: number; reason: Reason; detail: string }[] };

export interface ListFiles {
  /** A workbook (xlsx) with what is known already: names as people read them. */
  template(known: { unit: string; quarter: string; kind: string; sent: string }): Promise<Buffer>;
  /** Nothing is stored. @param unit of rows that name none */
  read(bytes: Uint8Array, unit: string): Promise<ReadLists>;
}
