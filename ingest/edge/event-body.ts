/** The three ways in which events come in one body (contract §1), as ranges of its bytes. */
import { isUtf8 } from 'node:buffer';
import type { Submission } from '@hengjian/contract/event-writer.ts';
import { MAX_EVENT_BYTES } from '@hengjian/contract/limits.ts';
import { afterByteOrderMark, isSpace, skipSpace } from '../check/json-bytes.ts';
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

type Range = [start: number, end: number];
/** Opening brackets. */
const [OBJECT, ARRAY] = [123, 91];

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
  const first = bytes[skipSpace(bytes, 0)];
  const isBatch = contentType === BATCH_TYPE;
  // Each takes two bytes, so a small body need not be counted.
  if (isBatch && bytes.length > 2 * MAX_EVENTS && hasMore(elementsOf(bytes), MAX_EVENTS)) return tooMany;
  const whole: Range[] = [[0, bytes.length]];
  const fault = syntaxFault(bytes, isBatch && bytes.length > MAX_EVENT_BYTES ? elementsOf(bytes) : whole);
  if (fault !== undefined) return { status: 400, why: `the body is not JSON: ${fault}` };
  if (!isBatch)
    return first === OBJECT
      ? takingElements(writer, submission, bytes, whole)
      : { status: 400, why: `one event, a JSON object, is expected; a batch is sent as ${BATCH_TYPE}` };
  return first === ARRAY
    ? takingElements(writer, submission, bytes, elementsOf(bytes))
    : { status: 400, why: `an array of events is expected; one event is sent as ${EVENT_TYPE}` };
}

/** Of parts of a body, one after the other, so that no more than one event is held parsed; what is larger than one is refused unparsed. */
function syntaxFault(bytes: Buffer, parts: Iterable<Range>): string | undefined {
  try {
    for (const [start, end] of parts)
      if (end - start <= MAX_EVENT_BYTES) JSON.parse(bytes.toString('utf8', start, end));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : String(error);
  }
}

function hasMore(elements: Iterator<unknown>, most: number): boolean {
  for (let count = 0; !elements.next().done; count += 1) if (count === most) return true;
  return false;
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
  elements: Iterable<Range>,
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

/**
 * Ranges of the elements of a JSON array, which need not have been parsed: if they are JSON so is the array. Where one is missing, or
 * brackets and quotes are not closed, there is an empty one, which is none.
 */
export function* elementsOf(bytes: Uint8Array): Generator<Range> {
  let at = skipSpace(bytes, 0);
  if (bytes[at] !== ARRAY) return;
  let last = bytes.length - 1;
  while (isSpace(bytes[last]!)) last -= 1;
  let depth = 0;
  let start = -1;
  let commas = 0;
  for (at += 1; at < last; at += 1) {
    const byte = bytes[at]!;
    if (byte === 44 && depth === 0) {
      yield [start < 0 ? at : start, at];
      start = -1;
      commas += 1;
      continue;
    }
    if (start < 0 && !isSpace(byte)) start = at;
    if (byte === 34) {
      for (at += 1; at < last && bytes[at] !== 34; at += 1) if (bytes[at] === 92) at += 1;
    } else if (byte === OBJECT || byte === ARRAY) depth += 1;
    else if (byte === 125 || byte === 93) depth -= 1;
  }
  if (start >= 0 || commas > 0) yield [start < 0 ? last : start, last];
  // A text that is not closed goes on beyond the end.
  if (depth !== 0 || at !== last || bytes[last] !== 93) yield [last, last];
}
