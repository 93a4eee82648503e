import type { EventDoor } from '../store/event-door.ts';
import type { Origin } from '../store/origin.ts';
import type { LineReceiver } from './line-receiver.ts';
import { takeLines } from './take-lines.ts';

/** Lines go straight to the sink of this process. */
export function sinkReceiver(door: EventDoor, origin: Origin): LineReceiver {
  const ticket = door.open({ origin });
  return {
    async lines(bytes, firstLine) {
      await door.room();
      if (ticket.failure) throw ticket.failure;
      return takeLines(door, ticket, bytes, { firstLine }).lines;
    },
    async oversized({ head, size, sha256 }, line) {
      await door.room();
      door.takeOversized(ticket, head, size, sha256, line);
    },
    async finish() {
      const { accepted, duplicate, rejected } = await door.settle(ticket);
      return { read: accepted + duplicate + rejected, accepted, duplicate, rejected };
    },
  };
}
