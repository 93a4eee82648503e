import type { Warehouse } from '@hengjian/warehouse';
import { LRUCache } from 'lru-cache';
import { hashToken } from './token.ts';

/** A session that goes on being used is noted so often (milliseconds). */
const EVERY = 5 * 60_000;
/** Those of so long together are written as one block (milliseconds). */
const TOGETHER = 2_000;

/** Notes when sessions are used. What cannot be written is let go: the next use notes it again. */
export class SessionSightings {
  readonly #noted = new LRUCache<string, number>({ max: 10_000 });
  readonly #waiting = new Set<string>();
  readonly #warehouse: Pick<Warehouse, 'command'>;
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;

  constructor(warehouse: Pick<Warehouse, 'command'>, now: () => number = () => performance.now()) {
    this.#warehouse = warehouse;
    this.#now = now;
  }

  /** To be called with the token of a session that is in force. */
  see(token: string): void {
    const hash = hashToken(token);
    const noted = this.#noted.get(hash);
    if (noted !== undefined && this.#now() - noted < EVERY) return;
    this.#noted.set(hash, this.#now());
    this.#waiting.add(hash);
    this.#timer ??= setTimeout(() => void this.flush(), TOGETHER).unref();
  }

  /** Writes those that wait. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const hashes = [...this.#waiting];
    this.#waiting.clear();
    if (hashes.length === 0) return;
    await this.#warehouse
      .command('INSERT INTO session_sightings SELECT arrayJoin({hashes:Array(String)}), now64(6)', { hashes })
      .catch(() => hashes.forEach((hash) => void this.#noted.delete(hash)));
  }
}
