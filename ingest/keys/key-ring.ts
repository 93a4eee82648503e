/** The keys in force, read again often enough that a new or revoked key counts within seconds. */
import { timingSafeEqual } from 'node:crypto';
import type { Warehouse } from '@hengjian/warehouse';
import { hashOfKey, type IngestKey } from './ingest-key.ts';
import { keysInForce } from './key-log.ts';

const FRESH_MS = 2_000;

export class KeyRing {
  readonly #warehouse: Warehouse;
  #keys = new Map<string, IngestKey>();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** @returns what the key may do; undefined if it is not in force. @throws when the keys have never been read */
  async find(key: string): Promise<IngestKey | undefined> {
    const hash = hashOfKey(key);
    const known = this.#lookUp(hash);
    const age = performance.now() - this.#readAt;
    // An unknown key may have been made a moment ago; wrong keys must not make a query each.
    if (age < (known ? FRESH_MS : FRESH_MS / 10)) return known;
    await this.#read();
    return this.#lookUp(hash);
  }

  #lookUp(hash: string): IngestKey | undefined {
    const wanted = Buffer.from(hash);
    let found: IngestKey | undefined;
    // Every hash is compared, each in constant time: the duration tells nothing about the keys.
    for (const [known, key] of this.#keys) if (timingSafeEqual(Buffer.from(known), wanted)) found = key;
    return found;
  }

  async #read(): Promise<void> {
    this.#reading ??= keysInForce(this.#warehouse)
      .then((keys) => {
        this.#keys = keys;
        this.#readAt = performance.now();
      })
      .finally(() => {
        this.#reading = undefined;
      });
    await this.#reading.catch((error: unknown) => {
      // While the engine is away the last known keys go on; without any there is nothing to go by.
      if (this.#readAt === Number.NEGATIVE_INFINITY) throw error;
    });
  }
}
