/**
 * Rows on their way to the running ingest part: a line each of row number, reason, source, detail and bytes, with tabs
 * between; JSON holds neither tabs nor line feeds as such. Without a reason the bytes are an event.
 */
import { REASONS, type Reason } from '@hengjian/contract/reasons.ts';
import type { Rejection } from '../../check/rejection.ts';
import type { EventDoor } from '../../store/event-door.ts';
import { isValidUtf8 } from '../../store/event-sink.ts';
import type { Ticket } from '../../store/ticket.ts';
import type { PlacedBytes } from './row-receiver.ts';

const LF = 10;
const TAB = 9;

export const rejectionOf = ({ reason, detail, source }: NonNullable<PlacedBytes['refusal']>): Rejection => ({
  reason,
  detail,
  source,
  id: '',
  type: '',
});

export function rowLine({ row, bytes, refusal }: PlacedBytes): Buffer {
  const flat = (text: string) => text.replace(/[\t\r\n]/g, ' ');
  const head = refusal
    ? `${row}\t${refusal.reason}\t${flat(refusal.source)}\t${flat(refusal.detail)}\t`
    : `${row}\t\t\t\t`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\n')]);
}

/** @param body whole lines, as `rowLine` writes them */
export function takeRows(door: EventDoor, ticket: Ticket, body: Buffer): void {
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf(LF, at);
    const line = body.subarray(at, end < 0 ? body.length : end);
    at += line.length + 1;
    const fields: string[] = [];
    let start = 0;
    for (let field = 0; field < 4; field += 1) {
      const tab = line.indexOf(TAB, start);
      if (tab < 0) throw new Error('a line of rows lacks a field');
      fields.push(line.toString('utf8', start, tab));
      start = tab + 1;
    }
    const [row, reason, source, detail] = fields as [string, string, string, string];
    const bytes = line.subarray(start);
    if (reason === '') door.take(ticket, bytes, 0, bytes.length, Number(row), isValidUtf8(bytes));
    else if (Object.hasOwn(REASONS, reason))
      door.refuse(ticket, rejectionOf({ reason: reason as Reason, source, detail }), bytes, bytes.length, Number(row));
    else throw new Error(`there is no reason ${reason}`);
  }
}
