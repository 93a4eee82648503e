import type { EventWriter } from '../store/event-writer.ts';
import type { Origin } from '../store/origin.ts';
import type { LineReceiver } from './line-receiver.ts';
import { takeLines } from './take-lines.ts';

/** Lines go straight to the sink of this process. */
export function sinkReceiver(writer: EventWriter, origin: Origin): LineReceiver {
  const submission = writer.open({ origin });
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
