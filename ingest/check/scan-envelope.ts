/**
 * The fast path: one walk over the bytes of a plain event finds the ranges of its members. Only what nearly all senders
 * write is understood; at anything else it gives up and the exact path decides. It never refuses an event itself.
 */

import { MAX_DEPTH } from '@hengjian/contract/limits.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { isUsccAt } from '@hengjian/contract/schema/uscc.ts';
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
const ascii = (text: string) => Buffer.from(text, 'latin1');
/** In the order in which CloudEvents libraries write them; the index is the bit in the set of members seen. */
const NAMES = ['specversion', 'id', 'source', 'type', 'time', 'department', 'data', 'region', 'subject'].map(ascii);
const REQUIRED = 0b1111111;
const SPECVERSION = 0;
const ID = 1;
const SOURCE = 2;
const TYPE = 3;
const TIME = 4;
const DEPARTMENT = 5;
const DATA = 6;
const REGION = 7;
const SUBJECT = 8;
const VERSION = ascii('1.0');

export class EnvelopeScanner {
  readonly #starts = new Int32Array(9);
  readonly #ends = new Int32Array(9);
  readonly #clock = new TimestampReader();
  readonly #extensions = Buffer.alloc(4096);
  readonly #terms: Terms;
  readonly #limits: RuleLimits | undefined;
  readonly #data: DataScanner;
  #extensionsEnd = 0;
  /** Of `data`: members written in all its objects, whether it has non-ASCII bytes, whether it has \u escapes. */
  #dataMembers = 0;
  #dataGood = false;
  #dataPlain = true;
  #dataEscapes = false;

  constructor(terms: Terms, limits?: RuleLimits) {
    this.#terms = terms;
    this.#limits = limits;
    this.#data = new DataScanner(terms.departments);
  }

  /** @returns whether `bytes[start, end)`, which must be valid UTF-8, is a good event; `into` is filled then. */
  scan(bytes: Buffer, start: number, end: number, latestMicros: number, into: EventFields): boolean {
    const terms = this.#terms;
    const seen = this.#members(bytes, start, end);
    if ((seen & REQUIRED) !== REQUIRED) return false;
    const starts = this.#starts;
    const ends = this.#ends;
    if (!sameBytes(VERSION, bytes, starts[SPECVERSION]!, ends[SPECVERSION]!)) return false;
    const idLength = ends[ID]! - starts[ID]!;
    if (idLength < 1 || idLength > 64 || !isAscii(bytes, starts[ID]!, ends[ID]!)) return false;
    const source = terms.sources.find(bytes, starts[SOURCE]!, ends[SOURCE]!);
    const type = terms.types.find(bytes, starts[TYPE]!, ends[TYPE]!);
    const department = terms.departments.find(bytes, starts[DEPARTMENT]!, ends[DEPARTMENT]!);
    if (!source || !type || !department) return false;
    let region: typeof NO_TERM | undefined = NO_TERM;
    if (seen & (1 << REGION)) {
      region = terms.regions.find(bytes, starts[REGION]!, ends[REGION]!);
      if (!region) return false;
    }
    const clock = this.#clock;
    if (clock.read(bytes, starts[TIME]!, ends[TIME]!)) return false;
    if (clock.micros < EARLIEST_MICROS || clock.micros > latestMicros) return false;

    let subjectStart = 0;
    let subjectEnd = 0;
    if (seen & (1 << SUBJECT)) {
      subjectStart = starts[SUBJECT]!;
      subjectEnd = ends[SUBJECT]!;
      if (subjectEnd - subjectStart !== 18 || !isUsccAt(bytes, subjectStart)) return false;
    } else if (type.eventType.subject === 'required') return false;

    const dataStart = starts[DATA]!;
    const dataEnd = ends[DATA]!;
    if (this.#dataGood) this.#data.writeFacts(bytes, dataStart, dataEnd, into.facts);
    else if (!this.#fits(type, bytes, dataStart, dataEnd, into.facts)) return false;

    into.bytes = bytes;
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
    let seen = 0;
    let others = 0;
    let at = skipSpace(bytes, start);
    this.#extensionsEnd = 0;
    if (bytes[at] !== 123) return 0;
    at = skipSpace(bytes, at + 1);
    for (;;) {
      if (bytes[at] !== QUOTE) return 0;
      const nameStart = at + 1;
      const nameEnd = endOfText(bytes, nameStart, end);
      if (nameEnd < 0) return 0;
      at = skipSpace(bytes, nameEnd + 1);
      if (bytes[at] !== 58) return 0;
      at = skipSpace(bytes, at + 1);
      const member = memberAt(bytes, nameStart, nameEnd);
      let valueStart = at;
      let valueEnd: number;
      if (member === DATA) {
        valueEnd = this.#endOfGoodData(bytes, at, end, seen);
        this.#dataGood = valueEnd > 0;
        if (valueEnd < 0) valueEnd = this.#endOfData(bytes, at, end);
        if (valueEnd < 0) return 0;
        at = valueEnd;
      } else {
        if (bytes[at] !== QUOTE) return 0;
        valueStart = at + 1;
        valueEnd = endOfText(bytes, valueStart, end);
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
  #endOfGoodData(bytes: Buffer, start: number, end: number, seen: number): number {
    if ((seen & (1 << TYPE)) === 0) return -1;
    const plan = this.#terms.types.find(bytes, this.#starts[TYPE]!, this.#ends[TYPE]!)?.plan;
    return plan ? this.#data.scan(bytes, start, end, plan) : -1;
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

/** Which member this is, by length and first letters, then exactly; −1: another. */
function memberAt(bytes: Uint8Array, start: number, end: number): number {
  let member: number;
  switch (end - start) {
    case 2:
      member = ID;
      break;
    case 4:
      member = bytes[start] === 100 ? DATA : bytes[start + 1] === 121 ? TYPE : TIME;
      break;
    case 6:
      member = bytes[start] === 115 ? SOURCE : REGION;
      break;
    case 7:
      member = SUBJECT;
      break;
    case 10:
      member = DEPARTMENT;
      break;
    case 11:
      member = SPECVERSION;
      break;
    default:
      return -1;
  }
  return sameBytes(NAMES[member]!, bytes, start, end) ? member : -1;
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (bytes[at]! > 126) return false;
  return true;
}
