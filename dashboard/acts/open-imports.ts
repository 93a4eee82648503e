import type { ImportStore } from './import-store.ts';
import type { Bounds } from './work-bounds.ts';

/** Imports that await a decision: each holds its files for days. */
export const MOST_OPEN: Bounds = { account: 20, all: 200 };

/** Why nothing was begun: so many are open already. */
export interface TooMany {
  full: keyof Bounds;
  most: number;
}

/** Admits imports while there is room, also when many are sent at once: counted are those that are stored and those on their way. */
export class OpenImports {
  readonly #store: Pick<ImportStore, 'countOpen'>;
  readonly #onTheirWay: string[] = [];
  /** Counting and saving take turns: one that is saved while others are counted would be in neither number. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: Pick<ImportStore, 'countOpen'>) {
    this.#store = store;
  }

  /** @param keep what may take long @param save from then on it is stored */
  async admit<T>(account: string, keep: () => Promise<void>, save: () => Promise<T>): Promise<T | TooMany> {
    const full = await this.#alone(() => this.#count(account));
    if (full) return full;
    try {
      await keep();
      return await this.#alone(save);
    } finally {
      this.#onTheirWay.splice(this.#onTheirWay.indexOf(account), 1);
    }
  }

  async #count(account: string): Promise<TooMany | undefined> {
    const { own, everyone } = await this.#store.countOpen(account);
    const ownOnTheirWay = this.#onTheirWay.filter((one) => one === account).length;
    if (own + ownOnTheirWay >= MOST_OPEN.account) return { full: 'account', most: MOST_OPEN.account };
    if (everyone + this.#onTheirWay.length >= MOST_OPEN.all) return { full: 'all', most: MOST_OPEN.all };
    this.#onTheirWay.push(account);
    return undefined;
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}
