/**
 * Values of the envelope that repeat from event to event (source, type, department, region). The fast path only knows
 * terms that the exact path has judged good before, and compares bytes instead of making strings.
 */

import { factsMark } from '@hengjian/contract/facts/facts-mark.ts';
import type { EventType } from '@hengjian/contract/schema/event-type.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { Compile, type Validator } from 'typebox/compile';
import { type DataPlan, dataPlan } from './data-plan.ts';
import { KnownText } from './known-text.ts';

export interface Term {
  readonly text: string;
  readonly bytes: Buffer;
  readonly known: KnownText;
  /** As a String of ClickHouse's Native format: length as varint, then the bytes. */
  readonly native: Buffer;
  /** Noted by those who would look it up again for each event: its place in the column that wrote it last… */
  place: number;
  placedBy: object | undefined;
  /** …and, of a source, its part in the hashes of a key. */
  keyHashes: { first: number; second: number } | undefined;
}

export interface TypeTerm extends Term {
  readonly eventType: EventType;
  readonly factsMark: number;
  /** What the schema says; undefined: only the schema can judge the data. */
  readonly plan: DataPlan | undefined;
  readonly fits: (data: unknown) => boolean;
  readonly errors: (data: unknown) => { keyword: string; instancePath: string; params: object }[];
}

export function makeTerm(text: string): Term {
  const bytes = Buffer.from(text, 'utf8');
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    length.push(rest < 128 ? rest : (rest & 127) | 128);
    if (rest < 128) break;
  }
  const native = Buffer.concat([Buffer.from(length), bytes]);
  return { text, bytes, known: new KnownText(bytes), native, place: 0, placedBy: undefined, keyHashes: undefined };
}

export const NO_TERM: Term = makeTerm('');

/** Slots of the table; a sender with more sources or departments than half of it is served by the exact path. */
const SLOTS = 1 << 14;

export class TermTable<T extends Term = Term> {
  readonly #slots: (T | undefined)[] = new Array(SLOTS).fill(undefined);
  #last: T | undefined;
  #count = 0;

  find(bytes: Uint8Array, start: number, end: number): T | undefined {
    const last = this.#last;
    if (last && equals(last.bytes, bytes, start, end)) return last;
    for (let slot = slotOf(bytes, start, end); ; slot = (slot + 1) & (SLOTS - 1)) {
      const term = this.#slots[slot];
      if (!term) return undefined;
      if (equals(term.bytes, bytes, start, end)) {
        this.#last = term;
        return term;
      }
    }
  }

  add(term: T): void {
    if (this.#count >= SLOTS / 2) return;
    let slot = slotOf(term.bytes, 0, term.bytes.length);
    while (this.#slots[slot]) {
      if (this.#slots[slot]!.text === term.text) return;
      slot = (slot + 1) & (SLOTS - 1);
    }
    this.#slots[slot] = term;
    this.#count += 1;
  }
}

const GUESSES = 256;
const QUOTE = 34;

/**
 * Which term probably starts here, told by four of its bytes; then compared as a whole. Cheaper than `TermTable` for
 * texts whose end is not known yet: comparing finds it.
 */
export class TermGuesses<T extends Term = Term> {
  readonly #slots: (T | undefined)[] = new Array(GUESSES).fill(undefined);
  readonly #offset: number;

  /** @param offset of the four bytes: behind what all terms of the kind begin with */
  constructor(offset: number) {
    this.#offset = offset;
  }

  /** @returns the term that is the whole text from `start` to the next quote */
  at(view: DataView, bytes: Uint8Array, start: number): T | undefined {
    if (start + this.#offset + 4 > bytes.length) return undefined;
    const term = this.#slots[this.#slot(view, start)];
    if (term === undefined || bytes[start + term.known.length] !== QUOTE) return undefined;
    return term.known.isAt(view, bytes, start) ? term : undefined;
  }

  /** The term at `start` is to be guessed when the like comes again. */
  learn(view: DataView, bytes: Uint8Array, start: number, term: T): void {
    if (start + this.#offset + 4 <= bytes.length) this.#slots[this.#slot(view, start)] = term;
  }

  #slot(view: DataView, start: number): number {
    return Math.imul(view.getInt32(start + this.#offset, true), 0x9e3779b1) >>> 24;
  }
}

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  // Ids of one family differ in their last letters.
  for (let at = Math.max(start, end - 12); at < end; at += 1) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}

function equals(term: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (term.length !== length) return false;
  // From the end: ids of one family differ there.
  for (let at = length - 1; at >= 0; at -= 1) if (term[at] !== bytes[start + at]) return false;
  return true;
}

export const typeTerms: ReadonlyMap<string, TypeTerm> = new Map(
  [...eventTypes.values()].map((eventType) => {
    // Compiled when an event of the type comes: most commands of the program check none.
    let compiled: Validator | undefined;
    const validator = () => (compiled ??= Compile(eventType.data));
    const term: TypeTerm = {
      ...makeTerm(eventType.type),
      eventType,
      factsMark: factsMark(eventType),
      plan: dataPlan(eventType.data),
      fits: (data) => validator().Check(data),
      errors: (data) => validator().Errors(data) as ReturnType<TypeTerm['errors']>,
    };
    return [eventType.type, term];
  }),
);

/** The terms met so far, shared by both paths of one checker. */
export class Terms {
  readonly sources = new TermTable();
  readonly departments = new TermTable();
  readonly regions = new TermTable();
  readonly types = new TermTable<TypeTerm>();

  constructor() {
    for (const term of typeTerms.values()) this.types.add(term);
  }
}
