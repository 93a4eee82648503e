/** Splits NDJSON into events: one a line, LF or CRLF; blank lines are skipped, as is a byte order mark at the start. */
import type { EventDoor } from '../store/event-door.ts';
import { isValidUtf8 } from '../store/event-sink.ts';
import type { Ticket } from '../store/ticket.ts';

const LF = 10;
const CR = 13;

export interface LinesTaken {
  /** Lines, blank ones included. */
  lines: number;
  /** Events: lines that are not blank. */
  events: number;
}

export interface Numbering {
  /** Number of the first line, from 1. */
  firstLine?: number;
  /** Count events from 0 instead of lines from `firstLine`, as the answer of an HTTP request does. */
  byEvent?: boolean;
}

/** @param bytes whole lines */
export function takeLines(
  door: EventDoor,
  ticket: Ticket,
  bytes: Buffer,
  { firstLine = 1, byEvent = false }: Numbering = {},
): LinesTaken {
  const valid = isValidUtf8(bytes);
  let line = firstLine;
  let events = 0;
  let at = firstLine === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length) {
    const found = bytes.indexOf(LF, at);
    const next = found < 0 ? bytes.length : found;
    const end = next > at && bytes[next - 1] === CR ? next - 1 : next;
    if (!isBlank(bytes, at, end)) {
      door.take(ticket, bytes, at, end, byEvent ? events : line, valid);
      events += 1;
    }
    line += 1;
    at = next + 1;
  }
  return { lines: line - firstLine, events };
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte !== 32 && byte !== 9 && byte !== CR) return false;
  }
  return true;
}
