import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { hashToken } from './token.ts';

/** `secret`: a sign-in link or a key; `session`: a cookie, of which a whole office may have old ones. */
export type GuessKind = 'secret' | 'session';

interface Limits {
  /** Wrong ones from one address within the window. */
  each: number;
  /** Wrong ones from everywhere within the window; it bounds what is remembered, too. */
  all: number;
}

export const GUESS_LIMITS: Record<GuessKind, Limits> = {
  secret: { each: 20, all: 1_000 },
  session: { each: 500, all: 10_000 },
};
/** Seconds that a wrong one counts. */
export const GUESS_WINDOW = 600;
const EVERYWHERE = 'all';

export type Tried<T> = { found: T | undefined; wait?: undefined } | { wait: number };

/**
 * Slows down who tries secrets out. Each look-up of a token that was never right from this address costs a point, which a
 * right one gives back; points are taken before the look-up, so that many tries at once are no way around. The same wrong
 * token again is no new try: a spreadsheet with a revoked key holds nobody up. What was right from an address goes on being
 * looked up there, whatever others behind the same address do. Memory is bounded by the limit over all addresses.
 */
export class Guesses {
  readonly #each: Record<GuessKind, RateLimiterMemory>;
  readonly #all: Record<GuessKind, RateLimiterMemory>;
  readonly #right = new LRUCache<string, true>({ max: 20_000 });
  readonly #wrong = new LRUCache<string, true>({ max: 20_000 });

  constructor(limits: Record<GuessKind, Limits> = GUESS_LIMITS, window = GUESS_WINDOW) {
    const limiter = (points: number) => new RateLimiterMemory({ points, duration: window });
    this.#each = { secret: limiter(limits.secret.each), session: limiter(limits.session.each) };
    this.#all = { secret: limiter(limits.secret.all), session: limiter(limits.session.all) };
  }

  /**
   * @param address whose try it is (client-address.ts)
   * @param find looks the token up; undefined: there is no such
   * @returns `wait`: it was not looked up; seconds until it may be
   */
  async try<T>(kind: GuessKind, address: string, token: string, find: () => Promise<T | undefined>): Promise<Tried<T>> {
    const hash = hashToken(token);
    const here = `${address} ${hash}`;
    // Ended since, it is nobody's guess either.
    if (this.#right.has(here)) return { found: await find() };
    const isOld = this.#wrong.has(hash);
    const wait = isOld ? await this.#left(kind, address) : await this.#take(kind, address);
    if (wait !== undefined) return { wait };
    let found: T | undefined;
    try {
      found = await find();
    } catch (error) {
      if (!isOld) await this.#giveBack(kind, address);
      throw error;
    }
    if (found === undefined) this.#wrong.set(hash, true);
    else {
      this.#right.set(here, true);
      if (!isOld) await this.#giveBack(kind, address);
    }
    return { found };
  }

  /** Seconds to wait where the limits are reached. */
  async #left(kind: GuessKind, address: string): Promise<number | undefined> {
    const states = [
      [await this.#all[kind].get(EVERYWHERE), this.#all[kind].points],
      [await this.#each[kind].get(address), this.#each[kind].points],
    ] as const;
    const over = states.find(([state, points]) => state && state.consumedPoints >= points);
    return over?.[0] ? seconds(over[0]) : undefined;
  }

  async #take(kind: GuessKind, address: string): Promise<number | undefined> {
    try {
      await this.#all[kind].consume(EVERYWHERE);
    } catch (refusal) {
      return waitOf(refusal);
    }
    try {
      await this.#each[kind].consume(address);
      return undefined;
    } catch (refusal) {
      // One address alone does not use up what all have.
      await this.#all[kind].reward(EVERYWHERE);
      return waitOf(refusal);
    }
  }

  async #giveBack(kind: GuessKind, address: string): Promise<void> {
    await this.#all[kind].reward(EVERYWHERE);
    await this.#each[kind].reward(address);
  }
}

const seconds = ({ msBeforeNext }: RateLimiterRes) => Math.max(1, Math.ceil(msBeforeNext / 1000));

function waitOf(refusal: unknown): number {
  if (refusal instanceof RateLimiterRes) return seconds(refusal);
  throw refusal;
}
