/** Work that goes on behind the fetches: of each partition in the order in which it was begun, of all of them side by side. */
export class Finishing {
  readonly #last = new Map<number, Promise<void>>();

  /** Begins `work` when all earlier work of the partition has ended. It reports its own errors. */
  add(part: number, work: () => Promise<void>): void {
    const next = (this.#last.get(part) ?? Promise.resolve()).then(work);
    this.#last.set(part, next);
  }

  /** Resolves when everything that was added so far has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#last.values());
  }
}
