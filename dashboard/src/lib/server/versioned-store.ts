import { LRUCache } from 'lru-cache';

/** What was made, and what keeping it costs. */
export interface Made<T> {
  value: T;
  /** Undefined: given to whoever asked, not kept. */
  bytes: number | undefined;
}

export interface StoreCounts {
  /** Answered from what was kept. */
  kept: number;
  /** Waited for somebody who had asked the same a moment earlier. */
  joined: number;
  /** Made anew. */
  made: number;
}

/**
 * Keeps what was made of figures of one version: the bytes are bounded, the least used goes first, what is made by one is
 * waited for by all who ask for the same, and with the next version all of it is forgotten.
 */
export class VersionedStore {
  readonly counts: StoreCounts = { kept: 0, joined: 0, made: 0 };
  readonly #kept: LRUCache<string, { value: unknown }>;
  readonly #pending = new Map<string, Promise<Made<unknown>>>();
  #version: string | undefined;

  /** @param mostBytes of all together; an eighth of it of one */
  constructor(mostBytes: number) {
    this.#kept = new LRUCache({ maxSize: mostBytes, maxEntrySize: Math.ceil(mostBytes / 8) });
  }

  get entries(): number {
    return this.#kept.size;
  }

  get bytes(): number {
    return this.#kept.calculatedSize;
  }

  /** What is kept of that version. @param holds whether it may be given nevertheless; asked only where there is something */
  find<T>(version: string, key: string, holds: () => boolean = () => true): { value: T } | undefined {
    this.#turnTo(version);
    const found = this.#kept.get(key) as { value: T } | undefined;
    if (!found || !holds()) return undefined;
    this.counts.kept++;
    return found;
  }

  /** Makes it, or waits for who is making it. `isShared` when another one made it: it may be this one's own affair. */
  async make<T>(
    version: string,
    key: string,
    make: () => Promise<Made<T>>,
  ): Promise<{ made: Made<T>; isShared: boolean }> {
    const name = `${version} ${key}`;
    const pending = this.#pending.get(name) as Promise<Made<T>> | undefined;
    if (pending) {
      this.counts.joined++;
      return { made: await pending, isShared: true };
    }
    this.counts.made++;
    const making = make()
      .then((made) => {
        const { value, bytes } = made;
        if (bytes !== undefined && version === this.#version)
          this.#kept.set(key, { value }, { size: Math.max(1, bytes + key.length) });
        return made;
      })
      .finally(() => this.#pending.delete(name));
    this.#pending.set(name, making);
    return { made: await making, isShared: false };
  }

  #turnTo(version: string): void {
    if (version === this.#version) return;
    this.#kept.clear();
    this.#version = version;
  }
}
