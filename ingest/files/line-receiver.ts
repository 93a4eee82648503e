import type { EventWriter, SubmissionOptions } from '@hengjian/contract/event-writer.ts';
import type { OversizedLine } from './line-splitter.ts';
import { takeLines } from './take-lines.ts';

export interface ImportCounts {
  read: number;
  accepted: number;
  duplicate: number;
  rejected: number;
}

/** Takes the lines of a file. */
export interface LineReceiver {
  /** Takes whole lines, whose bytes may be reused once it resolves and more may come. @returns the number of lines, blank ones included */
  lines(bytes: Buffer, firstLine: number): Promise<number>;
  oversized(line: OversizedLine, lineNumber: number): Promise<void>;
  /** Resolves when all is durable. */
  finish(): Promise<ImportCounts>;
}

/** Lines go to the writer as one submission. */
export function lineReceiver(writer: EventWriter, options: SubmissionOptions): LineReceiver {
  const submission = writer.open(options);
  return {
    async lines(bytes, firstLine) {
      await writer.room();
      if (submission.failure) throw submission.failure;
      return takeLines(writer, submission, bytes, { firstLine }).lines;
    },
    async oversized({ head, size, sha256 }, line) {
      await writer.room();
      writer.takeOversized(submission, head, size, sha256, line);
    },
    async finish() {
      const { accepted, duplicate, rejected } = await writer.flush(submission);
      return { read: accepted + duplicate + rejected, accepted, duplicate, rejected };
    },
  };
}
