import type { EventDoor } from '../../store/event-door.ts';
import { isValidUtf8 } from '../../store/event-sink.ts';
import { NO_REQUEST } from '../../store/origin.ts';
import { rejectionOf } from './row-lines.ts';
import type { RowReceiver } from './row-receiver.ts';

/** Rows go straight to the sink of this process, or to the log. */
/** Rows between two waits: several blocks under way would need hundreds of MiB. */
const ROWS_AT_ONCE = 20_000;

export function sinkRowReceiver(door: EventDoor, name: string): RowReceiver {
  const ticket = door.open({ origin: { kind: 'file', name, part: 0, request: NO_REQUEST } });
  let taken = 0;
  return {
    async take({ row, bytes, refusal }) {
      if (++taken % ROWS_AT_ONCE === 0) await door.settle(ticket);
      await door.room();
      if (ticket.failure) throw ticket.failure;
      if (refusal) door.refuse(ticket, rejectionOf(refusal), bytes, bytes.length, row);
      else door.take(ticket, bytes, 0, bytes.length, row, isValidUtf8(bytes));
    },
    async finish() {
      const { accepted, duplicate, rejected } = await door.settle(ticket);
      return { read: accepted + duplicate + rejected, accepted, duplicate, rejected };
    },
  };
}
