import type { ImportCounts } from '../../files/line-receiver.ts';
import type { Refusal } from '../rows/row-event.ts';

export interface PlacedBytes {
  /** Of the sheet, from 1. */
  row: number;
  /** An event, or what is kept of a row that became none. */
  bytes: Buffer;
  refusal?: (Refusal & { source: string }) | undefined;
  /** What is expected to become of it; counts where an answer was lost and the same rows were sent twice. */
  expected: 'accepted' | 'duplicate' | 'rejected';
}

/** Where the events and refused rows of a sheet go: the sink of this process, or the running ingest part. */
export interface RowReceiver {
  take(placed: PlacedBytes): Promise<void>;
  /** Resolves when all is durable. */
  finish(): Promise<ImportCounts>;
}
