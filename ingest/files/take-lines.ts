/** Splits NDJSON into events: one a line, LF or CRLF; blank lines are skipped, also where they hold a byte order mark; files put together come apart. */

import { isUtf8 } from 'node:buffer';
import type { Submission } from '@hengjian/contract/event-writer.ts';
import { afterByteOrderMark } from '../check/json-bytes.ts';
import { mayHoldSeam, seamEnds } from './split-seams.ts';

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
  /** Events of the same request before these bytes. */
  firstEvent?: number;
}

/** @param bytes whole lines */
export function takeLines<S extends Submission | undefined>(
  writer: {
    take(submission: S, bytes: Buffer, start: number, end: number, position: number, validUtf8: boolean): void;
  },
  submission: S,
  bytes: Buffer,
  { firstLine = 1, byEvent = false, firstEvent = 0 }: Numbering = {},
): LinesTaken {
  const valid = isUtf8(bytes);
  // Of a file: a request has one sender, who counts its lines.
  const seams = !byEvent && mayHoldSeam(bytes);
  let line = firstLine;
  let events = 0;
  let at = 0;
  while (at < bytes.length) {
    const found = bytes.indexOf(LF, at);
    const next = found < 0 ? bytes.length : found;
    const end = next > at && bytes[next - 1] === CR ? next - 1 : next;
    if (!isBlank(bytes, at, end)) {
      let start = at;
      for (const pieceEnd of seams ? seamEnds(bytes, at, end) : [end]) {
        writer.take(submission, bytes, start, pieceEnd, byEvent ? firstEvent + events : line, valid);
        events += 1;
        start = pieceEnd;
      }
    }
    line += 1;
    at = next + 1;
  }
  return { lines: line - firstLine, events };
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = afterByteOrderMark(bytes, start, end); at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte !== 32 && byte !== 9 && byte !== CR) return false;
  }
  return true;
}
