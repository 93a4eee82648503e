/** The events of objections, read at most every two seconds however many pages show them, and kept while the warehouse is away. */
import { createHash } from 'node:crypto';
import { type ObjectionEvent, readObjectionEvents } from '@hengjian/models/objections/objection-events.ts';
import { isConnectionError, type Warehouse } from '@hengjian/warehouse';

const FRESH_MS = 2000;

interface Known {
  events: readonly ObjectionEvent[];
  /** Differs when they differ. */
  version: string;
}

export class ObjectionLog {
  readonly #reader: Warehouse;
  #known: Known = { events: [], version: '' };
  #readAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<Known> | undefined;

  constructor(reader: Warehouse) {
    this.#reader = reader;
  }

  async read(): Promise<Known> {
    if (performance.now() - this.#readAt < FRESH_MS) return this.#known;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** Something was written: what was read before is old, and what is being read may be. */
  expire(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
    this.#asking = undefined;
  }

  async #ask(): Promise<Known> {
    const began = performance.now();
    try {
      const events = await readObjectionEvents(this.#reader);
      const version = createHash('sha256').update(JSON.stringify(events)).digest('base64url').slice(0, 16);
      this.#known = { events, version };
      this.#readAt = began;
    } catch (error) {
      // Closed quarters stay readable without the warehouse.
      if (!isConnectionError(error)) throw error;
    }
    return this.#known;
  }
}
