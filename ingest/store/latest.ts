/**
 * The entries that were set last: `least` of them at least, less than twice as many at most. They are forgotten by the
 * generation, since a map that loses its first entry again and again looks for it among all that it lost.
 */
export class Latest<V> {
  readonly #least: number;
  #fresh = new Map<string, V>();
  #older = new Map<string, V>();

  constructor(least: number) {
    this.#least = least;
  }

  get(key: string): V | undefined {
    return this.#fresh.get(key) ?? this.#older.get(key);
  }

  set(key: string, value: V): void {
    if (this.#fresh.size >= this.#least && !this.#fresh.has(key)) {
      this.#older = this.#fresh;
      this.#fresh = new Map();
    }
    this.#fresh.set(key, value);
  }
}
