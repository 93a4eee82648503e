/** The filter over all keys of the warehouse, filled in the background at start; until then each key is a maybe. */
import type { Readable } from 'node:stream';
import type { Warehouse } from '@hengjian/warehouse';
import type { Term } from '../check/term.ts';
import { EVERYTHING, type Inserted, insertedAfter, type NewestBlocks, newestBlocks } from './inserted-after.ts';
import { KeyFilter } from './key-filter.ts';
import { KEY_HASH_SQL, murmur3, xxHash32 } from './key-hash.ts';

interface Hashes {
  first: number;
  second: number;
}

export class KnownKeys {
  /** Never rejects: if the keys cannot be read every key stays a maybe, which is slower and as right. */
  loaded: Promise<void>;
  #filter: KeyFilter;
  readonly #expected: number;
  #complete = false;
  /** What the last complete reading saw. */
  #read: NewestBlocks | undefined;
  #reading: Readable | undefined;
  #stopped = false;

  /** @param expected keys that are known to come, besides those in the warehouse */
  constructor(warehouse: Warehouse, expected = 0) {
    this.#expected = expected;
    this.#filter = new KeyFilter(expected);
    this.loaded = this.#load(warehouse);
  }

  mayHave(first: number, second: number): boolean {
    return !this.#complete || this.#filter.mayHave(first, second);
  }

  /** The key counts as stored from now on. @returns whether it may have been before */
  add(first: number, second: number): boolean {
    return this.#filter.add(first, second) || !this.#complete;
  }

  sourceHash(source: Term): Hashes {
    if (source.keyHashes) return source.keyHashes;
    const { bytes } = source;
    source.keyHashes = { first: murmur3(bytes, 0, bytes.length), second: xxHash32(bytes, 0, bytes.length) };
    return source.keyHashes;
  }

  /**
   * Reads the keys that others have stored since the last reading, whatever their clocks said; until they are read each
   * key is a maybe. If they cannot be read it stays so.
   */
  topUp(warehouse: Warehouse): Promise<void> {
    const before = this.loaded;
    this.#complete = false;
    this.loaded = before.then(async () => {
      if (!this.#stopped) await this.#load(warehouse, this.#read);
    });
    return this.loaded;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#reading?.destroy();
    await this.loaded;
  }

  async #load(warehouse: Warehouse, before?: NewestBlocks): Promise<void> {
    for (let attempt = 0; attempt < 5 && !this.#stopped; attempt += 1) {
      try {
        const blocks = await newestBlocks(warehouse);
        const since = before ? insertedAfter(before, blocks) : EVERYTHING;
        const [stored] = await warehouse.query<{ n: number }>(
          `SELECT count() AS n FROM events WHERE ${since.condition}`,
          since.params,
        );
        if (this.#stopped) return;
        if (attempt === 0 && stored!.n > 0) this.#replaceFilter(stored!.n + this.#expected);
        if (stored!.n > 0) await this.#readKeys(warehouse, stored!.n, since);
        if (this.#stopped) return;
        this.#complete = true;
        this.#read = blocks;
        return;
      } catch {
        // The engine may have gone in the middle; keys read twice do no harm.
      }
    }
  }

  /** Only before anything was added, or what was added would be forgotten: so the old one stays as it is if in use. */
  #replaceFilter(expected: number): void {
    if (this.#filter.keys === 0) this.#filter = new KeyFilter(expected);
  }

  async #readKeys(warehouse: Warehouse, atLeast: number, { condition, params }: Inserted): Promise<void> {
    const stream = await warehouse.stream(
      `SELECT ${KEY_HASH_SQL} FROM events WHERE ${condition} FORMAT RowBinary`,
      params,
    );
    this.#reading = stream;
    let rest: Buffer = Buffer.alloc(0);
    let read = 0;
    for await (const piece of stream as AsyncIterable<Buffer>) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
      const whole = bytes.length - (bytes.length % 8);
      for (let at = 0; at < whole; at += 8) this.#filter.add(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4));
      read += whole / 8;
      rest = bytes.subarray(whole);
    }
    if (rest.length > 0 || read < atLeast) throw new Error('the list of keys was cut short');
  }
}
