/** What a page shows of a file that was read, in the reader's words. */
export interface FileView {
  name: string;
  unreadable: string | null;
  format: string;
  encoding: string;
  sheets: {
    name: string;
    firstRow: number;
    lastRow: number;
    layout: string;
    columns: { text: string; member: string; mandatory: boolean }[];
    others: string[];
    lines: string[];
    skipped: number;
  }[];
  counts: { fresh: number; known: number; corrected: number; refused: number; foreign: number };
  byType: { type: string; n: number }[];
  days: { first: string; last: string } | null;
  faults: { sheet: string; row: number; words: string }[];
  foreign: { sheet: string; row: number; words: string }[];
  corrections: { sheet: string; row: number; unit: string; day: string; type: string; id: string }[];
}
