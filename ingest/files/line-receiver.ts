import type { OversizedLine } from './line-splitter.ts';

export interface ImportCounts {
  read: number;
  accepted: number;
  duplicate: number;
  rejected: number;
}

/** Where the lines of a file go: the sink of this process, or the running ingest part. */
export interface LineReceiver {
  /** Takes whole lines, whose bytes may be reused once it resolves and more may come. @returns the number of lines, blank ones included */
  lines(bytes: Buffer, firstLine: number): Promise<number>;
  oversized(line: OversizedLine, lineNumber: number): Promise<void>;
  /** Resolves when all is durable. */
  finish(): Promise<ImportCounts>;
}
