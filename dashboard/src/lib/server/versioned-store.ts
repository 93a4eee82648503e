import { LRUCache } from 'lru-cache';

/** What was made, and what keeping it costs. */
export interface Made<T> {
  value: T;
  /** Undefined: given to whoever asked, not kept. */
  bytes: number | undefined;
}

type Kept = LRUCache<string, { value: unknown }>;

export interface StoreCounts {
  /** Answered from what was kept. */
  kept: number;
  /** Answered from what was made of the version before. */
  before: number;
  /** Waited for somebody who had asked the same a moment earlier. */
  joined: number;
  /** Made anew. */
  made: number;
}

/**
 * Keeps what was made of figures of one version: the bytes are bounded, the least used goes first, what is made by one is
 * waited for by all who ask for the same, and with the next version all of it is forgotten: at once, or a moment later where
 * it may be given while its successor is being made. In that moment the bytes may be twice as many.
 */
export class VersionedStore {
  readonly counts: StoreCounts = { kept: 0, before: 0, joined: 0, made: 0 };
  readonly #mostBytes: number;
  readonly #beforeFor: number;
  readonly #pending = new Map<string, Promise<Made<unknown>>>();
  readonly #renewing = new Set<string>();
  #kept: Kept;
  #version: string | undefined;
  #before: { version: string; kept: Kept } | undefined;

  /**
   * @param mostBytes of all together; an eighth of it of one
   * @param beforeFor how long what was made of the version before can still be found (milliseconds)
   */
  constructor(mostBytes: number, beforeFor = 0) {
    this.#mostBytes = mostBytes;
    this.#beforeFor = beforeFor;
    this.#kept = this.#empty();
  }

  get entries(): number {
    return this.#kept.size + (this.#before?.kept.size ?? 0);
  }

  get bytes(): number {
    return this.#kept.calculatedSize + (this.#before?.kept.calculatedSize ?? 0);
  }

  /** What is kept of that version. @param holds whether it may be given nevertheless; asked only where there is something */
  find<T>(version: string, key: string, holds: () => boolean = () => true): { value: T } | undefined {
    // A request that began before the refresh was noticed does not bring its version back.
    if (version === this.#before?.version) return undefined;
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

  /** What was made of the version before, while that is kept. */
  findBefore<T>(version: string, key: string): { value: T } | undefined {
    if (this.#before?.version !== version) return undefined;
    const found = this.#before.kept.get(key) as { value: T } | undefined;
    if (found) this.counts.before++;
    return found;
  }

  /** Does it beside the answers that are given meanwhile, once however many ask; what fails is met by who has to wait for it. */
  renew(version: string, key: string, work: () => Promise<unknown>): void {
    const name = `${version} ${key}`;
    if (this.#renewing.has(name)) return;
    this.#renewing.add(name);
    work()
      .catch(() => undefined)
      .finally(() => this.#renewing.delete(name));
  }

  #turnTo(version: string): void {
    if (version === this.#version) return;
    if (this.#version !== undefined && this.#beforeFor > 0) this.#keepBefore(this.#version);
    this.#kept = this.#empty();
    this.#version = version;
  }

  #keepBefore(version: string): void {
    const before = { version, kept: this.#kept };
    this.#before = before;
    setTimeout(() => {
      if (this.#before === before) this.#before = undefined;
    }, this.#beforeFor).unref();
  }

  #empty(): Kept {
    return new LRUCache({ maxSize: this.#mostBytes, maxEntrySize: Math.ceil(this.#mostBytes / 8) });
  }
}
