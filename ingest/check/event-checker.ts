/** Bytes of one event in, checked fields or a rejection out. Knows no origin, no duplicates, no warehouse. */

import { MAX_EVENT_BYTES } from '@hengjian/contract/limits.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { checkExactly } from './check-exactly.ts';
import { EventFields } from './event-fields.ts';
import { afterByteOrderMark } from './json-bytes.ts';
import { latestMicros } from './legal-clock.ts';
import type { Rejection } from './rejection.ts';
import { EnvelopeScanner } from './scan-envelope.ts';
import { Terms } from './term.ts';

export class EventChecker {
  /** The last good event; valid until the next check. */
  readonly fields = new EventFields();
  readonly #terms = new Terms();
  readonly #scanner: EnvelopeScanner;
  #nowMs = 0;
  #latestMicros = 0;

  /** Of the rule sets in use. */
  readonly limits: RuleLimits | undefined;

  /**
   * @param nowMs the clock of the server, in ms since 1970
   * @param limits of the rule sets in use; unset: what only they know is not judged
   */
  constructor(nowMs: number, limits?: RuleLimits) {
    this.limits = limits;
    this.#scanner = new EnvelopeScanner(this.#terms, limits);
    this.setClock(nowMs);
  }

  setClock(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#latestMicros = latestMicros(nowMs);
  }

  /**
   * Checks `bytes[start, end)`.
   * @param validUtf8 whether the caller knows that these bytes are valid UTF-8; the fast path needs it
   * @returns undefined when the event is good, with `fields` filled
   */
  check(bytes: Buffer, start: number, end: number, validUtf8: boolean): Rejection | undefined {
    start = afterByteOrderMark(bytes, start, end);
    if (
      validUtf8 &&
      end - start <= MAX_EVENT_BYTES &&
      this.#scanner.scan(bytes, start, end, this.#latestMicros, this.fields)
    )
      return undefined;
    return checkExactly(bytes.subarray(start, end), this.#nowMs, this.#terms, this.fields, this.limits);
  }
}
