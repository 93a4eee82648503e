/** The three ways in which events come in one body (contract §1), as ranges of its bytes. */
import { isUtf8 } from 'node:buffer';
import type { Submission } from '@hengjian/contract/event-writer.ts';
import { afterByteOrderMark } from '../check/json-bytes.ts';
import { isTooDeep, MAX_NESTING } from '../check/nesting.ts';
import { takeLines } from '../files/take-lines.ts';

export const EVENT_TYPE = 'application/cloudevents+json';
export const BATCH_TYPE = 'application/cloudevents-batch+json';
export const NDJSON_TYPE = 'application/x-ndjson';

/** Largest body, packed and unpacked. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Events of one request; what is refused of them is named in the answer. */
export const MAX_EVENTS = 100_000;

/** Nothing of the body was taken, for this reason; 413: too many events. */
export interface Untaken {
  status: 400 | 413;
  why: string;
}

/** What events are handed to: a writer, or who only looks at them. */
export interface EventTaker<S> {
  take(submission: S, bytes: Buffer, start: number, end: number, position: number, validUtf8: boolean): void;
}

/** Hands over some events of a body each time it is asked for the next step. */
export type Taking = Generator<undefined, void>;

/** Of one step: what takes some milliseconds where every event is refused, which costs the most. */
const STEP_EVENTS = 100;
const STEP_BYTES = 64 * 1024;

/** Hands the events of a body to the sink; their positions count from 0. @returns the steps, none of which is done yet */
export function takeBody<S extends Submission | undefined>(
  writer: EventTaker<S>,
  submission: S,
  contentType: string,
  body: Buffer,
): Untaken | Taking {
  const bytes = body.subarray(afterByteOrderMark(body, 0, body.length));
  if (contentType === NDJSON_TYPE)
    return countLines(bytes) > MAX_EVENTS ? tooMany : takingLines(writer, submission, bytes);
  if (!isUtf8(bytes)) return { status: 400, why: 'the body is not UTF-8' };
  if (isTooDeep(bytes)) return TOO_DEEP;
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    return {
      status: 400,
      why: `the body is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`,
    };
  }
  if (contentType === EVENT_TYPE) {
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      return { status: 400, why: `one event, a JSON object, is expected; a batch is sent as ${BATCH_TYPE}` };
    return takingElements(writer, submission, bytes, [[0, bytes.length]]);
  }
  if (!Array.isArray(parsed))
    return { status: 400, why: `an array of events is expected; one event is sent as ${EVENT_TYPE}` };
  return parsed.length > MAX_EVENTS ? tooMany : takingElements(writer, submission, bytes, elementsOf(bytes));
}

function* takingLines<S extends Submission | undefined>(writer: EventTaker<S>, submission: S, bytes: Buffer): Taking {
  let firstEvent = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = endOfStep(bytes, at);
    firstEvent += takeLines(writer, submission, bytes.subarray(at, end), { byEvent: true, firstEvent }).events;
    at = end;
    if (at < bytes.length) yield;
  }
}

/** Behind the last line of a step that begins at `start`; of one long line, behind that. */
function endOfStep(bytes: Buffer, start: number): number {
  let end = start;
  for (let lines = 0; lines < STEP_EVENTS && end < bytes.length && end - start < STEP_BYTES; lines += 1) {
    const found = bytes.indexOf(10, end);
    end = found < 0 ? bytes.length : found + 1;
  }
  return end;
}

/** Hands over the events in these ranges of the bytes. */
export function* takingElements<S extends Submission | undefined>(
  writer: EventTaker<S>,
  submission: S,
  bytes: Buffer,
  elements: Iterable<[start: number, end: number]>,
  validUtf8 = true,
): Taking {
  let index = 0;
  let [events, from] = [0, 0];
  for (const [start, end] of elements) {
    if (events >= STEP_EVENTS || start - from >= STEP_BYTES) {
      yield;
      [events, from] = [0, start];
    }
    writer.take(submission, bytes, start, end, index++, validUtf8);
    events += 1;
  }
}

export const TOO_DEEP: Untaken = {
  status: 400,
  why: `objects and arrays are nested more than ${MAX_NESTING} levels deep`,
};

const tooMany: Untaken = { status: 413, why: `at most ${MAX_EVENTS} events may come in one request` };

function countLines(bytes: Buffer): number {
  let lines = 1;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/** Ranges of the elements of a JSON array that has been parsed before. */
export function* elementsOf(bytes: Uint8Array): Generator<[start: number, end: number]> {
  let depth = 0;
  let start = -1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === 34) {
      if (start < 0) start = at;
      for (at += 1; bytes[at] !== 34; at += 1) if (bytes[at] === 92) at += 1;
    } else if (byte === 123 || byte === 91) {
      depth += 1;
      if (depth > 1 && start < 0) start = at;
    } else if (byte === 125 || byte === 93) {
      depth -= 1;
      if (depth === 0 && start >= 0) {
        yield [start, at];
        start = -1;
      }
    } else if (byte === 44 && depth === 1) {
      yield [start, at];
      start = -1;
    } else if (start < 0 && byte > 32) start = at;
  }
}
