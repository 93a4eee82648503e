import type { EventSink } from '../sink/event-sink.ts';
import type { Origin } from '../sink/origin.ts';
import type { LineReceiver } from './line-receiver.ts';
import { takeLines } from './take-lines.ts';

/** Lines go straight to the sink of this process. */
export function sinkReceiver(sink: EventSink, origin: Origin): LineReceiver {
  const ticket = sink.open({ origin });
  return {
    async lines(bytes, firstLine) {
      await sink.room();
      if (ticket.failure) throw ticket.failure;
      return takeLines(sink, ticket, bytes, { firstLine }).lines;
    },
    async oversized({ head, size, sha256 }, line) {
      await sink.room();
      sink.takeOversized(ticket, head, size, sha256, line);
    },
    async finish() {
      const { accepted, duplicate, rejected } = await sink.settle(ticket);
      return { read: accepted + duplicate + rejected, accepted, duplicate, rejected };
    },
  };
}
