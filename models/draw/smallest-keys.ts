export interface Keyed {
  /** 32 bytes as latin1. */
  key: string;
  /** Its bytes as latin1. */
  id: string;
}

/** The `limit` smallest of the keys it is shown, ties by id; memory stays within a small multiple of `limit`. */
export class SmallestKeys {
  readonly #limit: number;
  #held: Keyed[] = [];
  #bound: string | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(key: string, id: string): void {
    if (this.#limit === 0 || (this.#bound !== undefined && key > this.#bound)) return;
    this.#held.push({ key, id });
    if (this.#held.length >= 2 * this.#limit + 64) this.#cut();
  }

  sorted(): Keyed[] {
    this.#cut();
    return this.#held;
  }

  #cut(): void {
    this.#held.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id < b.id ? -1 : 1));
    this.#held.length = Math.min(this.#held.length, this.#limit);
    if (this.#held.length === this.#limit) this.#bound = this.#held.at(-1)?.key;
  }
}
