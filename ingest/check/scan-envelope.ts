/**
 * The fast path: one walk over the bytes of a plain event finds the ranges of its members. Only what nearly all senders
 * write is understood; at anything else it gives up and the exact path decides. It never refuses an event itself.
 */

import { MAX_DEPTH } from '@hengjian/contract/limits.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { isUsccAt } from '@hengjian/contract/schema/uscc.ts';
import {
  DATA,
  DEPARTMENT,
  ID,
  memberAt,
  memberBeginning,
  REGION,
  REQUIRED,
  SOURCE,
  SPECVERSION,
  SUBJECT,
  TIGHT,
  TIME,
  TYPE,
} from './envelope-members.ts';
import { EnvelopeTerms } from './envelope-terms.ts';
import type { EventFacts, EventFields } from './event-fields.ts';
import { fillFacts } from './fill-facts.ts';
import { endOfText, isSpace, sameBytes, skipSpace } from './json-bytes.ts';
import { countMembers, textFault } from './json-members.ts';
import { EARLIEST_MICROS } from './legal-clock.ts';
import { DataScanner } from './scan-data.ts';
import { NO_TERM, type Terms, type TypeTerm } from './term.ts';
import { TimestampReader } from './timestamp.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const VERSION = Buffer.from('1.0');
const USCC_BYTES = 18;
/** 2025-12-08T11:03:50Z, and the same with milliseconds, with +08:00, with both. */
const TIME_BYTES = [20, 24, 25, 29] as const;

export class EnvelopeScanner {
  readonly #starts = new Int32Array(9);
  readonly #ends = new Int32Array(9);
  readonly #clock = new TimestampReader();
  readonly #extensions = Buffer.alloc(4096);
  readonly #found: EnvelopeTerms;
  #bytes: Buffer | undefined;
  #view: DataView = new DataView(new ArrayBuffer(0));
  readonly #limits: RuleLimits | undefined;
  readonly #data: DataScanner;
  #extensionsEnd = 0;
  /** Of `data`: members written in all its objects, whether it has non-ASCII bytes, whether it has \u escapes. */
  #dataMembers = 0;
  #dataGood = false;
  #dataPlain = true;
  #dataEscapes = false;

  constructor(terms: Terms, limits?: RuleLimits) {
    this.#found = new EnvelopeTerms(terms);
    this.#limits = limits;
    this.#data = new DataScanner(terms.departments);
  }

  /** @returns whether `bytes[start, end)`, which must be valid UTF-8, is a good event; `into` is filled then. */
  scan(bytes: Buffer, start: number, end: number, latestMicros: number, into: EventFields): boolean {
    const seen = this.#members(bytes, start, end);
    if ((seen & REQUIRED) !== REQUIRED) return false;
    const starts = this.#starts;
    const ends = this.#ends;
    if (!sameBytes(VERSION, bytes, starts[SPECVERSION]!, ends[SPECVERSION]!)) return false;
    const idLength = ends[ID]! - starts[ID]!;
    if (idLength < 1 || idLength > 64 || !isAscii(bytes, starts[ID]!, ends[ID]!)) return false;
    const { source, type, department } = this.#found;
    const region = seen & (1 << REGION) ? this.#found.region : NO_TERM;
    if (!source || !type || !department || !region) return false;
    const clock = this.#clock;
    if (clock.read(bytes, starts[TIME]!, ends[TIME]!)) return false;
    if (clock.micros < EARLIEST_MICROS || clock.micros > latestMicros) return false;

    let subjectStart = 0;
    let subjectEnd = 0;
    if (seen & (1 << SUBJECT)) {
      subjectStart = starts[SUBJECT]!;
      subjectEnd = ends[SUBJECT]!;
      if (subjectEnd - subjectStart !== USCC_BYTES || !isUsccAt(bytes, subjectStart)) return false;
    } else if (type.eventType.subject === 'required') return false;

    const dataStart = starts[DATA]!;
    const dataEnd = ends[DATA]!;
    if (this.#dataGood) {
      if (!this.#passes(type, bytes, dataStart, dataEnd)) return false;
      this.#data.writeFacts(bytes, dataStart, dataEnd, into.facts);
    } else if (!this.#fits(type, bytes, dataStart, dataEnd, into.facts)) return false;

    into.bytes = bytes;
    into.view = this.#view;
    into.source = source;
    into.type = type;
    into.factsMark = type.factsMark;
    into.department = department;
    into.region = region;
    into.idStart = starts[ID]!;
    into.idEnd = ends[ID]!;
    into.subjectStart = subjectStart;
    into.subjectEnd = subjectEnd;
    into.dataStart = dataStart;
    into.dataEnd = dataEnd;
    into.extensions = this.#extensions;
    into.extensionsEnd = this.#extensionsEnd;
    into.timeMicros = clock.micros;
    into.utcOffsetMinutes = clock.offsetMinutes;
    return true;
  }

  /** What a type asks beyond its schema. */
  #passes({ eventType }: TypeTerm, bytes: Buffer, start: number, end: number): boolean {
    if (!eventType.check) return true;
    const data = JSON.parse(bytes.toString('utf8', start, end)) as Record<string, never>;
    return eventType.check(data, this.#limits) === undefined;
  }

  #fits(type: TypeTerm, bytes: Buffer, start: number, end: number, facts: EventFacts): boolean {
    let data: Record<string, never>;
    try {
      data = JSON.parse(bytes.toString(this.#dataPlain ? 'latin1' : 'utf8', start, end));
    } catch {
      return false;
    }
    if (!type.fits(data) || countMembers(data) !== this.#dataMembers) return false;
    if (this.#dataEscapes && textFault(data)) return false;
    if (type.eventType.check?.(data, this.#limits) !== undefined) return false;
    fillFacts(type, data, bytes.subarray(start, end), facts);
    return true;
  }

  /** Finds the ranges of the members. @returns the set of known members seen; 0 gives up. */
  #members(bytes: Buffer, start: number, end: number): number {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const view = this.#view;
    let seen = 0;
    let others = 0;
    let at = skipSpace(bytes, start);
    this.#extensionsEnd = 0;
    if (bytes[at] !== 123) return 0;
    at = skipSpace(bytes, at + 1);
    for (;;) {
      if (bytes[at] !== QUOTE) return 0;
      const nameStart = at + 1;
      let nameEnd = 0;
      let member = memberBeginning(bytes, nameStart);
      if (member >= 0 && TIGHT[member]!.isAt(view, bytes, at)) {
        at += TIGHT[member]!.length;
        if (member !== DATA) at -= 1;
      } else {
        nameEnd = endOfText(bytes, nameStart, end);
        if (nameEnd < 0) return 0;
        at = skipSpace(bytes, nameEnd + 1);
        if (bytes[at] !== 58) return 0;
        at = skipSpace(bytes, at + 1);
        member = memberAt(bytes, nameStart, nameEnd);
      }
      let valueStart = at;
      let valueEnd: number;
      if (member === DATA) {
        valueEnd = this.#endOfGoodData(view, bytes, at, end, seen);
        this.#dataGood = valueEnd > 0;
        if (valueEnd < 0) valueEnd = this.#endOfData(bytes, at, end);
        if (valueEnd < 0) return 0;
        at = valueEnd;
      } else {
        if (bytes[at] !== QUOTE) return 0;
        valueStart = at + 1;
        valueEnd = this.#endOfValue(view, bytes, valueStart, end, member);
        if (valueEnd < 0) return 0;
        at = valueEnd + 1;
      }
      if (member < 0) {
        others += 1;
        // Two unknown members might have one name; comparing names is the exact path's business.
        if (others > 1 || !this.#extension(bytes, nameStart - 1, nameEnd + 1, valueStart - 1, valueEnd + 1)) return 0;
      } else {
        if (seen & (1 << member)) return 0;
        seen |= 1 << member;
        this.#starts[member] = valueStart;
        this.#ends[member] = valueEnd;
      }
      at = skipSpace(bytes, at);
      const next = bytes[at];
      if (at >= end) return 0;
      if (next === 44) at = skipSpace(bytes, at + 1);
      else if (next === 125) break;
      else return 0;
    }
    for (at += 1; at < end; at += 1) if (!isSpace(bytes[at]!)) return 0;
    return seen;
  }

  /**
   * End of the text at `start`. Of a value that is judged byte by byte later (a time, a USCC) a quote at the usual
   * place is enough: if there was another one before, it will be judged bad.
   */
  #endOfValue(view: DataView, bytes: Buffer, start: number, end: number, member: number): number {
    switch (member) {
      case SOURCE:
      case TYPE:
      case DEPARTMENT:
      case REGION:
        return this.#found.endOfTerm(member, view, bytes, start, end);
      case SUBJECT:
        if (bytes[start + USCC_BYTES] === QUOTE) return start + USCC_BYTES;
        break;
      case TIME:
        for (const length of TIME_BYTES) if (bytes[start + length] === QUOTE) return start + length;
    }
    return endOfText(bytes, start, end);
  }

  #extension(bytes: Buffer, nameStart: number, nameEnd: number, valueStart: number, valueEnd: number): boolean {
    const nameLength = nameEnd - nameStart;
    const whole = nameLength + valueEnd - valueStart + 3;
    const into = this.#extensions;
    if (whole > into.length) return false;
    into[0] = 123;
    bytes.copy(into, 1, nameStart, nameEnd);
    into[1 + nameLength] = 58;
    bytes.copy(into, 2 + nameLength, valueStart, valueEnd);
    into[whole - 1] = 125;
    this.#extensionsEnd = whole;
    return true;
  }

  /** Where the type came before the data they are judged on the way. */
  #endOfGoodData(view: DataView, bytes: Buffer, start: number, end: number, seen: number): number {
    const plan = seen & (1 << TYPE) ? this.#found.type?.plan : undefined;
    return plan ? this.#data.scan(view, bytes, start, end, plan) : -1;
  }

  /** End of the object that starts at `start`, or −1; JSON.parse judges its inside later. */
  #endOfData(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] !== 123) return -1;
    let depth = 0;
    let members = 0;
    let all = 0;
    let escapes = false;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        for (at += 1; ; at += 1) {
          if (at >= end) return -1;
          const inside = bytes[at]!;
          all |= inside;
          if (inside === QUOTE) break;
          if (inside === BACKSLASH) {
            at += 1;
            if (bytes[at] === 117) escapes = true;
          }
        }
      } else if (byte === 58) members += 1;
      else if (byte === 123 || byte === 91) {
        depth += 1;
        // `data` is one level down in the event.
        if (depth >= MAX_DEPTH) return -1;
      } else if (byte === 125 || byte === 93) {
        depth -= 1;
        if (depth === 0) {
          this.#dataMembers = members;
          this.#dataPlain = all < 128;
          this.#dataEscapes = escapes;
          return at + 1;
        }
      } else all |= byte;
    }
    return -1;
  }
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at]! > 126) return false;
  return true;
}
