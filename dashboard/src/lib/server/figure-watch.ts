import { setTimeout as pause } from 'node:timers/promises';
import { type FigureVersion, readFigureVersion } from '@hengjian/models/queries/read-figure-version.ts';
import { isConnectionError, type Warehouse } from '@hengjian/warehouse';

/** An answer is served for this long without asking whether it still holds (milliseconds). */
const ASKED_AGAIN_AFTER = 250;
/** From then on it is asked; who comes later than this waits for it, so nothing is older (milliseconds). */
const HOLDS_FOR = 1_000;
/** For this long after a refresh readers may be shown what was made before it; two seconds are promised (milliseconds). */
const SHOWN_FOR = 1_800;
/** A warehouse that has not answered for this long counts as away; its client tries again for longer (milliseconds). */
const ANSWERS_WITHIN = 2_000;
/** Who was found away this short a time ago is asked again, but not waited for (milliseconds). */
const AWAY_FOR = 5_000;

export interface FigureState {
  /** Undefined before the first refresh: nothing can be kept. */
  known: FigureVersion | undefined;
  /** The warehouse does not answer: `known` is what it said last. */
  away: boolean;
  /** The version before `known`, whose answers may still be given while those by `known` are being made. */
  before: string | undefined;
}

/** Asks, for all readers together and at most four times a second, by which builds and publications the figures are. Nobody reads, nothing is asked. */
export class FigureWatch {
  #known: FigureVersion | undefined;
  #before: { version: string; until: number } | undefined;
  #away = false;
  #foundAwayAt = Number.NEGATIVE_INFINITY;
  /** When the last question that was answered was put; performance.now(). */
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;
  readonly #warehouse: Pick<Warehouse, 'query'>;
  readonly #now: () => number;

  constructor(warehouse: Pick<Warehouse, 'query'>, now: () => number = () => performance.now()) {
    this.#warehouse = warehouse;
    this.#now = now;
  }

  /** The state as it was at most a second ago. @throws when the warehouse refuses the question. */
  async state(): Promise<FigureState> {
    const age = this.#now() - this.#askedAt;
    if (age > HOLDS_FOR) await this.#ask();
    // What goes wrong is met by who has to wait for it.
    else if (age > ASKED_AGAIN_AFTER && !this.#asking) this.#ask().catch(() => undefined);
    const before = this.#before && this.#now() < this.#before.until ? this.#before.version : undefined;
    return { known: this.#known, away: this.#away, before };
  }

  /** A refresh is known to have ended, and readers are told: the next one asks, does not join a question from before, and is shown nothing from before. */
  expire(): void {
    this.#before = undefined;
    this.#askedAt = Number.NEGATIVE_INFINITY;
    this.#asking = undefined;
  }

  async #ask(): Promise<void> {
    if (!this.#asking) {
      const asking: Promise<void> = this.#read(() => this.#asking === asking).finally(() => {
        if (this.#asking === asking) this.#asking = undefined;
      });
      this.#asking = asking;
    }
    if (this.#away && this.#now() - this.#foundAwayAt < AWAY_FOR) {
      this.#asking.catch(() => undefined);
      return;
    }
    const waited = new AbortController();
    const late = pause(ANSWERS_WITHIN, true, { ref: false, signal: waited.signal }).catch(() => false);
    const isLate = await Promise.race([this.#asking.then(() => false), late]).finally(() => waited.abort());
    if (isLate) this.#findAway();
  }

  async #read(isWanted: () => boolean): Promise<void> {
    const asked = this.#now();
    try {
      const known = await readFigureVersion(this.#warehouse);
      this.#away = false;
      if (!isWanted()) return;
      // The version before was still in force when its question was put, so the refresh ended later than that.
      if (this.#known && known && this.#known.version !== known.version)
        this.#before = { version: this.#known.version, until: this.#askedAt + SHOWN_FOR };
      this.#known = known;
      this.#askedAt = asked;
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      this.#findAway();
    }
  }

  #findAway(): void {
    this.#away = true;
    this.#foundAwayAt = this.#now();
  }
}
