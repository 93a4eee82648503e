/** How much of one kind of work may go on at once: of one account, and of all together. */
export interface Bounds {
  account: number;
  all: number;
}

export class BoundedWork {
  readonly #bounds: Bounds;
  readonly #running = new Map<string, number>();

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** @returns undefined, and nothing done, where as much is under way already */
  async run<T>(account: string, work: () => Promise<T>): Promise<{ done: T } | undefined> {
    const own = this.#running.get(account) ?? 0;
    const all = [...this.#running.values()].reduce((sum, n) => sum + n, 0);
    if (own >= this.#bounds.account || all >= this.#bounds.all) return undefined;
    this.#running.set(account, own + 1);
    try {
      return { done: await work() };
    } finally {
      const left = this.#running.get(account)! - 1;
      if (left > 0) this.#running.set(account, left);
      else this.#running.delete(account);
    }
  }
}
