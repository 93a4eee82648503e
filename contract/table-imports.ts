/** Tables of offices (Excel, CSV) for pages: what is in one, what would change, bringing it in, taking it back. */
import type { Reason } from './reasons.ts';
import type { WriteRights } from './write-rights.ts';

/** `source` of the events of tables, where nobody names another one. */
export const OFFICE_FILES_SOURCE = 'urn:hengjian:office-files';

/** A file that somebody sent, as it lies on disk. */
export interface SentFile {
  path: string;
  /** What it is called where it came from. */
  name: string;
}

export interface ImportOptions {
  /** Of whoever sends it: what they may not bring is left out and told. */
  rights: WriteRights;
  /** Unit of rows that name none: an id. */
  department?: string | undefined;
}

export interface SheetPreview {
  /** Empty for delimited text. */
  name: string;
  /** Rows of the header, from 1. */
  firstRow: number;
  lastRow: number;
  layout: { id: string; zh: string; en: string };
  /** What stands above a column → what it is taken for. */
  columns: { text: string; member: string; mandatory: boolean }[];
  /** Columns that nothing was taken for: kept as they are, beside the event. */
  others: string[];
  /** Members given by a line above the header. */
  lines: string[];
  /** Rows that are no data: totals, notes, examples, empty ones with a number. */
  skipped: number;
}

/** Why a row became nothing, at its place. */
export interface RowFault {
  sheet: string;
  /** As the spreadsheet shows it. */
  row: number;
  reason: Reason;
  detail: string;
}

export interface ImportCounts {
  /** Events that are new; those that correct are counted apart. */
  fresh: number;
  known: number;
  /** Of the known ones, those that were declared void: they do not come back by themselves. */
  knownVoided: number;
  corrected: number;
  /** Rows with faults. */
  refused: number;
  /** Events that are not of whoever sends the file: left out. */
  foreign: number;
}

export interface FilePreview {
  name: string;
  /** Sentence in English that names the reason and the way out; then there is nothing else. */
  unreadable: string | null;
  format: string;
  encoding: string;
  sheets: SheetPreview[];
  counts: ImportCounts;
  /** New events by type. */
  byType: Record<string, number>;
  /** Local days of the events. */
  days: { first: string; last: string } | null;
  /** The first of them, by place. */
  faults: RowFault[];
  /** Likewise of what is left out. */
  foreign: RowFault[];
  /** Stored events in whose place the file brings others, the first of them, with the row that does. */
  corrections: { sheet: string; row: number; department: string; day: string; type: string; id: string }[];
  /** Organs that are no unit, distinct, in order. */
  unmatched: string[];
}

/** An event that an import brought. */
export interface BroughtEvent {
  source: string;
  id: string;
  department: string;
  /** RFC 3339; absent or empty where it was not noted. */
  time?: string;
}

export interface ImportOutcome {
  accepted: number;
  /** null: the log finds duplicates later. */
  duplicate: number | null;
  rejected: number;
}

export interface Template {
  id: string;
  zh: string;
  en: string;
}

export interface TakingBack {
  rights: WriteRights;
  reason: string;
  /** Tells this act from others over the same events. */
  mark: string;
}

export type OnRows = (rows: number) => void;

export interface TableImports {
  /** Whether events go through the log, which may deliver some later. */
  readonly throughLog: boolean;
  templates(): Template[];
  /** The empty table as a workbook (xlsx); undefined where there is none. */
  template(id: string): Promise<Buffer | undefined>;
  /** Nothing is stored. The files count as if they were imported one after the other. */
  preview(files: readonly SentFile[], options: ImportOptions, onRows?: OnRows): Promise<FilePreview[]>;
  /**
   * Durable when it resolves.
   * @param onPlanned told of what a file will bring, before it is sent
   * @throws when it could not be stored
   */
  bring(
    files: readonly SentFile[],
    options: ImportOptions,
    onPlanned: (events: BroughtEvent[]) => Promise<void>,
    onRows?: OnRows,
  ): Promise<ImportOutcome[]>;
  /** Declares void what is not void yet. @returns the voids */
  takeBack(events: readonly BroughtEvent[], act: TakingBack): Promise<BroughtEvent[]>;
  /** The file again as a workbook (xlsx), with a column that says what is wrong in each row. @param say words of a fault */
  marked(
    file: SentFile,
    options: ImportOptions,
    say: (reason: Reason, detail: string) => string,
    into: string,
  ): Promise<void>;
  /** From now on the organ is that unit. @returns why not, where the name is another unit's already */
  remember(unit: string, organ: string): { refused: string } | undefined;
  /** What was remembered; why not, where the file that keeps it is wrong. */
  aliases(): { unit: string; alias: string }[] | { refused: string };
  forget(unit: string, alias: string): void;
}
