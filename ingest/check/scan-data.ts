/**
 * Judges `data` on its bytes along the plan of its type: one walk, no objects made. Says “good” only where JSON.parse
 * and the schema would; at anything unusual (escapes, nested objects, long numbers, other spellings) it gives up.
 */
import { isUsccAt } from '@hengjian/contract/schema/uscc.ts';
import { DAY_PLACE, type DataPlan, NO_PLAN, type ValuePlan } from './data-plan.ts';
import type { EventFacts } from './event-fields.ts';
import { copyList, copyShort, plainEnd } from './fact-bytes.ts';
import { endOfText, isDigit, sameBytes, skipSpace } from './json-bytes.ts';
import type { TermTable } from './term.ts';
import { dayNumberAt, isDayAt } from './timestamp.ts';

const QUOTE = 34;
const COMMA = 44;
const MOST_MEMBERS = 30;
const MOST_OTHERS = 6;
const ANY: ValuePlan = { kind: 'any' };
const SCALAR: ValuePlan = { kind: 'scalar' };

export class DataScanner {
  readonly #units: TermTable;
  readonly #others = new Int32Array(MOST_OTHERS * 2);
  /** Of the members seen by the last scan, by their place in the plan: the range of the value. */
  readonly #starts = new Int32Array(MOST_MEMBERS);
  readonly #ends = new Int32Array(MOST_MEMBERS);
  #plan: DataPlan = NO_PLAN;
  #seen = 0;
  /** Of the facts without blanks. */
  #length = 0;
  /** Whether the members came in the order of the plan, and no others. */
  #inOrder = true;
  /** Whether a value is written in another way than the facts write it. */
  #otherwise = false;
  #json = Buffer.alloc(4096);

  /** @param units unit ids that are known to be good */
  constructor(units: TermTable) {
    this.#units = units;
  }

  /** @param view of `bytes` @returns the end of the object at `start` if it is good, else −1 */
  scan(view: DataView, bytes: Buffer, start: number, end: number, plan: DataPlan): number {
    const { members, required } = plan;
    if (bytes[start] !== 123) return -1;
    let at = skipSpace(bytes, start + 1);
    let seen = 0;
    let absent = 0;
    let others = 0;
    let length = 1;
    this.#plan = plan;
    this.#seen = 0;
    this.#length = 2;
    this.#inOrder = true;
    this.#otherwise = false;
    if (bytes[at] === 125) return required === 0 ? at + 1 : -1;
    for (let expected = 0; ; expected += 1) {
      if (bytes[at] !== QUOTE) return -1;
      const nameStart = at + 1;
      let nameEnd = 0;
      let member = expected;
      while (member < members.length && !members[member]!.key.isAt(view, bytes, at)) member += 1;
      if (member < members.length) at = skipSpace(bytes, at + members[member]!.key.length);
      else {
        nameEnd = endOfText(bytes, nameStart, end);
        if (nameEnd < 0) return -1;
        at = skipSpace(bytes, nameEnd + 1);
        if (bytes[at] !== 58) return -1;
        at = skipSpace(bytes, at + 1);
        member = 0;
        while (member < members.length && !sameBytes(members[member]!.name, bytes, nameStart, nameEnd)) member += 1;
      }
      if (member < members.length) {
        if (seen & (1 << member)) return -1;
        if (seen >>> member !== 0) this.#inOrder = false;
        seen |= 1 << member;
        expected = member;
        const known = members[member]!;
        const valueStart = at;
        at = this.#value(bytes, at, end, known.value);
        if (at < 0 && known.lenient && bytes[valueStart] === QUOTE) {
          // A plain text, and none of those that are read.
          at = endOfText(bytes, valueStart + 1, end) + 1 || -1;
          absent |= 1 << member;
        }
        this.#starts[member] = valueStart;
        this.#ends[member] = at;
        length += known.overhead + at - valueStart;
      } else {
        this.#inOrder = false;
        if (others === MOST_OTHERS || this.#repeats(bytes, nameStart, nameEnd, others)) return -1;
        this.#others[others * 2] = nameStart;
        this.#others[others * 2 + 1] = nameEnd;
        others += 1;
        at = this.#value(bytes, at, end, ANY);
      }
      if (at < 0) return -1;
      at = skipSpace(bytes, at);
      if (at >= end) return -1;
      const next = bytes[at]!;
      if (next === 125) {
        this.#seen = seen & ~absent;
        if (absent !== 0) this.#inOrder = false;
        this.#length = length;
        return (seen & required) === required ? at + 1 : -1;
      }
      if (next !== COMMA) return -1;
      at = skipSpace(bytes, at + 1);
    }
  }

  /**
   * Writes the facts of the object that the last scan has found good.
   * @param start of that object; `end` behind it
   */
  writeFacts(bytes: Buffer, start: number, end: number, into: EventFacts): void {
    into.clear();
    into.bytes = bytes;
    const { facts, columns } = this.#plan;
    const seen = this.#seen;
    for (let place = 0; place < columns.length; place += 1) {
      const { member, column } = columns[place]!;
      if ((seen & (1 << member)) === 0) continue;
      if (column === DAY_PLACE) into.day = dayNumberAt(bytes, this.#starts[member]! + 1);
      else {
        into.starts[column] = this.#starts[member]! + 1;
        into.ends[column] = this.#ends[member]! - 1;
      }
    }
    // Blanks between the members would make it longer.
    if (this.#inOrder && !this.#otherwise && (seen & ~facts) === 0 && this.#length === end - start) return;
    if (this.#json.length < end - start + 2) this.#json = Buffer.alloc((end - start) * 2);
    into.json = this.#json;
    into.end = this.#write(bytes, seen & facts);
  }

  #write(bytes: Buffer, facts: number): number {
    const json = this.#json;
    let at = 0;
    for (let member = 0; facts >>> member !== 0; member += 1) {
      if ((facts & (1 << member)) === 0) continue;
      json[at] = at === 0 ? 123 : COMMA;
      at += 1;
      const { fact, value } = this.#plan.members[member]!;
      at = copyShort(fact!, 0, fact!.length, json, at);
      const end = this.#ends[member]!;
      const start = this.#starts[member]!;
      if (value.kind === 'list') at = copyList(bytes, start, end, json, at);
      else at = copyShort(bytes, start, value.kind === 'number' ? plainEnd(bytes, start, end) : end, json, at);
    }
    if (at === 0) json[at++] = 123;
    json[at++] = 125;
    return at;
  }

  #repeats(bytes: Buffer, start: number, end: number, others: number): boolean {
    for (let other = 0; other < others; other += 1) {
      const otherStart = this.#others[other * 2]!;
      const length = this.#others[other * 2 + 1]! - otherStart;
      if (length === end - start && bytes.compare(bytes, otherStart, otherStart + length, start, end) === 0)
        return true;
    }
    return false;
  }

  /** @returns the end of the value at `at` if it is good, else −1 */
  #value(bytes: Buffer, at: number, end: number, plan: ValuePlan): number {
    switch (plan.kind) {
      case 'any':
        return bytes[at] === 91 ? this.#list(bytes, at, end, SCALAR) : scalarEnd(bytes, at, end);
      case 'scalar':
        return scalarEnd(bytes, at, end);
      case 'boolean':
        return bytes[at] === 116 || bytes[at] === 102 ? literalEnd(bytes, at) : -1;
      case 'number': {
        const close = numberEnd(bytes, at, plan.minimum, plan.maximum, plan.integer);
        if (close > 0 && plainEnd(bytes, at, close) !== close) this.#otherwise = true;
        return close;
      }
      case 'list':
        return this.#list(bytes, at, end, plan.item);
    }
    if (bytes[at] !== QUOTE) return -1;
    const start = at + 1;
    const close = endOfText(bytes, start, end);
    if (close < 0) return -1;
    const length = close - start;
    switch (plan.kind) {
      case 'text':
        // There are at least as many bytes as characters; where that does not settle it the schema does.
        return length >= plan.minimum && plan.minimum <= 1 && length <= plan.maximum ? close + 1 : -1;
      case 'written':
        return hasInk(bytes, start, close) ? close + 1 : -1;
      case 'day':
        return length === 10 && isDayAt(bytes, start) ? close + 1 : -1;
      case 'uscc':
        return length === 18 && isUsccAt(bytes, start) ? close + 1 : -1;
      case 'letter':
        // A–T; longer codes are judged through the schema.
        return length === 1 && bytes[start]! >= 65 && bytes[start]! <= 84 ? close + 1 : -1;
      case 'unit':
        return this.#units.find(bytes, start, close) ? close + 1 : -1;
      case 'enum':
        for (const value of plan.values) if (sameBytes(value, bytes, start, close)) return close + 1;
        return -1;
    }
  }

  #list(bytes: Buffer, start: number, end: number, item: ValuePlan): number {
    if (bytes[start] !== 91) return -1;
    let at = this.#skip(bytes, start + 1);
    if (bytes[at] === 93) return at + 1;
    for (;;) {
      at = this.#value(bytes, at, end, item);
      if (at < 0) return -1;
      at = this.#skip(bytes, at);
      if (at >= end) return -1;
      if (bytes[at] === 93) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.#skip(bytes, at + 1);
    }
  }

  #skip(bytes: Uint8Array, start: number): number {
    const at = skipSpace(bytes, start);
    if (at !== start) this.#otherwise = true;
    return at;
  }
}

/** End of a text without escapes, a plain number, true, false or null; else −1. */
function scalarEnd(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at]!;
  if (first === QUOTE) {
    const close = endOfText(bytes, at + 1, end);
    return close < 0 ? -1 : close + 1;
  }
  if (first === 45 || isDigit(first))
    return numberEnd(bytes, at, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, false);
  return literalEnd(bytes, at);
}

const LITERALS = ['true', 'false', 'null'].map((text) => Buffer.from(text));

function literalEnd(bytes: Uint8Array, at: number): number {
  for (const literal of LITERALS) if (sameBytes(literal, bytes, at, at + literal.length)) return at + literal.length;
  return -1;
}

/** End of a number of at most 15 digits without exponent that lies within the limits; else −1. */
function numberEnd(bytes: Uint8Array, start: number, minimum: number, maximum: number, integer: boolean): number {
  let at = bytes[start] === 45 ? start + 1 : start;
  const first = at;
  let value = 0;
  while (isDigit(bytes[at]!)) value = value * 10 + bytes[at++]! - 48;
  const digits = at - first;
  if (digits < 1 || digits > 15 || (digits > 1 && bytes[first] === 48)) return -1;
  if (bytes[at] === 46) {
    if (integer) return -1;
    const point = at;
    let scale = 0.1;
    for (at += 1; isDigit(bytes[at]!); at += 1) {
      value += (bytes[at]! - 48) * scale;
      scale /= 10;
    }
    if (at === point + 1 || at - first > 15) return -1;
    // The sum is inexact in its last place: close to a limit the schema decides.
    if (Math.abs(value - maximum) < 1e-6 || Math.abs(value - minimum) < 1e-6) return -1;
  }
  if (bytes[at] === 101 || bytes[at] === 69) return -1;
  if (first > start) {
    // The facts know no minus zero.
    if (value === 0) return -1;
    value = -value;
  }
  return value >= minimum && value <= maximum ? at : -1;
}

/**
 * Whether there is a printing ASCII character, or one of U+5000–U+9FFF (three bytes, the first E5 to E9), which are all
 * Chinese; of other characters the schema knows which are blank.
 */
function hasInk(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if ((byte > 32 && byte < 127) || (byte >= 0xe5 && byte <= 0xe9)) return true;
  }
  return false;
}
