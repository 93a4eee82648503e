import type { Warehouse } from '@hengjian/warehouse';
import { onAccountChange } from './account-changes.ts';
import { readAccountState } from './read-account-state.ts';

/** What another process changes is noticed here after this and the time of one look-up (milliseconds). */
const ASK_EVERY = 1_000;

/**
 * Says when any account or session has changed, whoever changed it, to those that serve somebody for long. One look-up a second
 * for all of them together, none while there are none.
 */
export class AccountWatch {
  readonly #warehouse: Warehouse;
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #seen: string | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** Returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (!this.#timer) {
      this.#unsubscribe = onAccountChange(() => this.#tell());
      void this.#ask();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe?.();
    this.#timer = undefined;
    this.#seen = undefined;
  }

  async #ask(): Promise<void> {
    const timer = setTimeout(() => void this.#ask(), ASK_EVERY);
    timer.unref();
    this.#timer = timer;
    try {
      const seen = await readAccountState(this.#warehouse);
      if (!this.#timer) return;
      const changed = this.#seen !== undefined && this.#seen !== seen;
      this.#seen = seen;
      if (changed) this.#tell();
    } catch {
      // Away, which others say: asked again. What changed meanwhile shows in the next answer.
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
