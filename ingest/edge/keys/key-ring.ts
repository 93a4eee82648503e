/** The keys in force, read again often enough that a new or revoked key counts within seconds. */
import { timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from '@hengjian/warehouse';
import { hashOfKey, type IngestKey } from './ingest-key.ts';
import { keysInForce } from './key-log.ts';
import type { RememberedKeys } from './remembered-keys.ts';

const FRESH_MS = 2_000;
/** While the engine does not answer, known keys are not held up longer than this, and unknown ones not longer than that. */
const KNOWN_WAIT_MS = 300;
const UNKNOWN_WAIT_MS = 5_000;

export class KeyRing {
  readonly #warehouse: Warehouse;
  readonly #remembered: RememberedKeys | undefined;
  #keys: ReadonlyMap<string, IngestKey>;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  #readingSince = 0;

  /** @param remembered for an edge that goes on, and begins, while the warehouse is away */
  constructor(warehouse: Warehouse, remembered?: RememberedKeys) {
    this.#warehouse = warehouse;
    this.#remembered = remembered;
    this.#keys = remembered?.keys() ?? new Map();
  }

  /**
   * @returns what the key may do; undefined if it is not in force
   * @throws when a key that is not known here cannot be looked up within seconds
   */
  async find(key: string): Promise<IngestKey | undefined> {
    const hash = hashOfKey(key);
    const known = this.#lookUp(hash);
    const age = performance.now() - this.#readAt;
    // An unknown key may have been made a moment ago; wrong keys must not make a query each.
    if (age < (known ? FRESH_MS : FRESH_MS / 10)) return known;
    await this.#read(known !== undefined);
    return this.#lookUp(hash);
  }

  #lookUp(hash: string): IngestKey | undefined {
    const wanted = Buffer.from(hash);
    let found: IngestKey | undefined;
    // Every hash is compared, each in constant time: the duration tells nothing about the keys.
    for (const [known, key] of this.#keys) if (timingSafeEqual(Buffer.from(known), wanted)) found = key;
    return found;
  }

  /** The reading goes on when the wait is over; the next caller waits for what is left of it. */
  async #read(known: boolean): Promise<void> {
    const waitMs = known ? KNOWN_WAIT_MS : UNKNOWN_WAIT_MS;
    if (!this.#reading) this.#readingSince = performance.now();
    this.#reading ??= keysInForce(this.#warehouse)
      .then((keys) => {
        this.#keys = keys;
        this.#readAt = performance.now();
        this.#remembered?.remember(keys);
      })
      .finally(() => {
        this.#reading = undefined;
      });
    const left = Math.max(0, this.#readingSince + waitMs - performance.now());
    const late = pause(left, undefined, { ref: false }).then(() => {
      throw new Error('the warehouse does not answer');
    });
    await Promise.race([this.#reading, late]).catch((error: unknown) => {
      // While the engine is away the last known keys go on; of others nothing can be said.
      if (!known) throw error;
    });
  }
}
