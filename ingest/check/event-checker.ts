/** Bytes of one event in, checked fields or a rejection out. Knows no origin, no duplicates, no warehouse. */

import { MAX_EVENT_BYTES } from '@hengjian/contract/limits.ts';
import { checkExactly } from './check-exactly.ts';
import { EventFields } from './event-fields.ts';
import { latestMicros } from './legal-clock.ts';
import type { Rejection } from './rejection.ts';
import { EnvelopeScanner } from './scan-envelope.ts';
import { Terms } from './term.ts';

export class EventChecker {
  /** The last good event; valid until the next check. */
  readonly fields = new EventFields();
  readonly #terms = new Terms();
  readonly #scanner = new EnvelopeScanner(this.#terms);
  #nowMs = 0;
  #latestMicros = 0;

  /** @param nowMs the clock of the server, in ms since 1970 */
  constructor(nowMs: number) {
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
    if (
      validUtf8 &&
      end - start <= MAX_EVENT_BYTES &&
      this.#scanner.scan(bytes, start, end, this.#latestMicros, this.fields)
    )
      return undefined;
    return checkExactly(bytes.subarray(start, end), this.#nowMs, this.#terms, this.fields);
  }
}
