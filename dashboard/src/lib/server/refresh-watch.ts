import { readRefreshState } from '@hengjian/models/queries/read-refresh-state.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { Logger } from './parts.ts';

export type RefreshState = Awaited<ReturnType<typeof readRefreshState>>;

const askEvery = 1_000;

/** Asks once a second, for all open pages together, whether a refresh has ended; asks nothing while nobody listens. */
export class RefreshWatch {
  #state: RefreshState | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #listeners = new Set<(state: RefreshState) => void>();
  readonly #warehouse: Warehouse;
  readonly #logger: Logger;
  readonly #beforeNews: () => void;

  /** @param beforeNews called before the listeners are, who then ask for the new figures at once */
  constructor(warehouse: Warehouse, logger: Logger, beforeNews: () => void = () => {}) {
    this.#warehouse = warehouse;
    this.#beforeNews = beforeNews;
    this.#logger = logger;
  }

  /** Calls with the present state at once and with each new one; returns how to stop. */
  subscribe(listener: (state: RefreshState) => void): () => void {
    this.#listeners.add(listener);
    if (this.#state) listener(this.#state);
    if (!this.#timer) void this.#ask();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#state = undefined;
  }

  async #ask(): Promise<void> {
    this.#timer = setTimeout(() => void this.#ask(), askEvery);
    this.#timer.unref();
    try {
      const state = await readRefreshState(this.#warehouse);
      if (!this.#timer || state.build_id === this.#state?.build_id) return;
      this.#state = state;
      this.#beforeNews();
      for (const listener of this.#listeners) listener(state);
    } catch (error) {
      this.#logger.warn({ err: error }, 'refresh state not readable, will be asked again');
    }
  }
}
