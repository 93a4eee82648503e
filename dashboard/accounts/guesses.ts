import { LRUCache } from 'lru-cache';
import { hashToken } from './token.ts';

/** `secret`: a sign-in link or a key; `session`: a cookie, of which a whole office may have old ones. */
export type GuessKind = 'secret' | 'session';

/** Wrong ones within the window, from one address and, from wherever they come, at one beginning of a token. */
export const GUESS_LIMITS: Record<GuessKind, number> = { secret: 20, session: 500 };
/** Seconds that a wrong one counts. */
export const GUESS_WINDOW = 600;
/**
 * Signs that two tokens must share to be guesses at the same one. More than a stranger can hit: of a read key ("hjr_" and
 * 43 random signs) 48 bits are among them.
 */
const BEGINNING = 12;
/** Addresses, beginnings and tokens that are remembered of each kind; the one longest unused is forgotten. */
const REMEMBERED = 20_000;

export type Tried<T> = { found: T | undefined; wait?: undefined } | { wait: number };

interface Wrong {
  /** Of an address or a beginning, until the window that its first one opened is over. */
  readonly counts: LRUCache<string, number>;
  readonly most: number;
}

/**
 * Slows down who tries secrets out. Each look-up of a token that was never right from this address costs a point, which a
 * right one gives back; points are taken before the look-up, so that many tries at once are no way around. The same wrong
 * token again is no new try: a spreadsheet with a revoked key holds nobody up. What was right from an address goes on being
 * looked up there, whatever others behind the same address do.
 *
 * Points are counted by address, and by the beginning of what is tried: many addresses that know part of a key are slowed
 * together. There is no limit over all of them, with which one attacker could keep everybody else from signing in. Memory
 * is bounded by forgetting: an attacker with ever new addresses makes only others like it forgotten.
 */
export class Guesses {
  readonly #wrong: Record<GuessKind, Wrong>;
  readonly #wasRight = new LRUCache<string, true>({ max: REMEMBERED });
  readonly #wasWrong = new LRUCache<string, true>({ max: REMEMBERED });
  /** Being looked up: the same token from there at that moment is no further try, as when many reads begin with one key. */
  readonly #trying = new Set<string>();

  constructor(limits = GUESS_LIMITS, window = GUESS_WINDOW, remembered = REMEMBERED) {
    const counting = (most: number): Wrong => ({
      most,
      counts: new LRUCache({ max: remembered, ttl: window * 1000, noUpdateTTL: true }),
    });
    this.#wrong = { secret: counting(limits.secret), session: counting(limits.session) };
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
    if (this.#wasRight.has(here)) return { found: await find() };
    const isOld = this.#wasWrong.has(hash) || this.#trying.has(here);
    const counted = [`address ${address}`, `token ${hashToken(token.slice(0, BEGINNING))}`];
    const wait = this.#left(kind, counted);
    if (wait !== undefined) return { wait };
    if (!isOld) {
      this.#add(kind, counted, 1);
      this.#trying.add(here);
    }
    let found: T | undefined;
    try {
      found = await find();
    } catch (error) {
      if (!isOld) this.#add(kind, counted, -1);
      throw error;
    } finally {
      if (!isOld) this.#trying.delete(here);
    }
    if (found === undefined) this.#wasWrong.set(hash, true);
    else {
      this.#wasRight.set(here, true);
      if (!isOld) this.#add(kind, counted, -1);
    }
    return { found };
  }

  /** Seconds to wait where a limit is reached. */
  #left(kind: GuessKind, counted: readonly string[]): number | undefined {
    const { counts, most } = this.#wrong[kind];
    const over = counted.filter((key) => (counts.get(key) ?? 0) >= most);
    const longest = Math.max(...over.map((key) => counts.getRemainingTTL(key)));
    return over.length === 0 ? undefined : Math.max(1, Math.ceil(longest / 1000));
  }

  #add(kind: GuessKind, counted: readonly string[], points: 1 | -1): void {
    const { counts } = this.#wrong[kind];
    for (const key of counted) {
      const count = (counts.get(key) ?? 0) + points;
      // Given back after its window is over, it opens no new one.
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
    }
  }
}
