import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionError } from '@hengjian/warehouse';
import { LRUCache } from 'lru-cache';
import type { Account } from './account.ts';
import { onAccountChange } from './account-changes.ts';
import { hashToken, looksLikeToken } from './token.ts';

/** What another process changes acts here after this at the latest, and the time of one look-up (milliseconds). */
const HOLDS_FOR = 1_000;
/** While the warehouse is away nobody can be disabled through it; still its last word counts no longer than this. */
const HOLDS_WHILE_AWAY_FOR = 10 * 60_000;
/** A warehouse that has not answered for this long counts as away; its client tries again for longer (milliseconds). */
const ANSWERS_WITHIN = 2_000;
/** Who was found away this short a time ago is asked again, but not waited for (milliseconds). */
const AWAY_FOR = 5_000;

interface Known {
  account: Account;
  askedAt: number;
}

export interface SessionCacheOptions {
  /** The account of a running session, from the warehouse. */
  find: (token: string) => Promise<Account | undefined>;
  now?: () => number;
}

/** Who is signed in, looked up at most once a second for each session; a change made in this process acts at once. */
export class SessionCache {
  /** By hash: a token is kept nowhere. */
  readonly #known = new LRUCache<string, Known>({ max: 10_000 });
  readonly #asking = new Map<string, Promise<Account | undefined>>();
  #foundAwayAt = Number.NEGATIVE_INFINITY;
  readonly #options: Required<SessionCacheOptions>;
  readonly #unsubscribe: () => void;

  constructor(options: SessionCacheOptions) {
    this.#options = { now: () => performance.now(), ...options };
    this.#unsubscribe = onAccountChange(() => {
      this.#known.clear();
      // Those under way may have been answered before the change.
      this.#asking.clear();
    });
  }

  /** @throws the connection's error while the warehouse is away and did not know the session within ten minutes. */
  async find(token: string): Promise<Account | undefined> {
    if (!looksLikeToken(token)) return undefined;
    const hash = hashToken(token);
    const known = this.#known.get(hash);
    if (known && this.#age(known) <= HOLDS_FOR) return known.account;
    const asked = this.#asking.get(hash) ?? this.#ask(hash, token);
    if (!known || this.#age(known) > HOLDS_WHILE_AWAY_FOR) return asked;
    const isAway = this.#options.now() - this.#foundAwayAt < AWAY_FOR;
    return this.#lastWord(hash, asked, isAway ? 0 : ANSWERS_WITHIN);
  }

  stop(): void {
    this.#unsubscribe();
  }

  /** The answer, or what was known where there is none in time and nothing was announced meanwhile. */
  async #lastWord(hash: string, asked: Promise<Account | undefined>, within: number): Promise<Account | undefined> {
    const waited = new AbortController();
    const late = pause(within, 'late' as const, { ref: false, signal: waited.signal });
    try {
      const answer = await Promise.race([asked, late]);
      if (answer !== 'late') return answer;
      if (within > 0) this.#foundAwayAt = this.#options.now();
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      this.#foundAwayAt = this.#options.now();
    } finally {
      waited.abort();
      late.catch(() => undefined);
      asked.catch(() => undefined);
    }
    const known = this.#known.get(hash);
    return known ? known.account : asked;
  }

  #ask(hash: string, token: string): Promise<Account | undefined> {
    const askedAt = this.#options.now();
    const asking: Promise<Account | undefined> = this.#options
      .find(token)
      .then((account) => {
        this.#foundAwayAt = Number.NEGATIVE_INFINITY;
        if (this.#asking.get(hash) !== asking) return account;
        if (account) this.#known.set(hash, { account, askedAt });
        else this.#known.delete(hash);
        return account;
      })
      .finally(() => {
        if (this.#asking.get(hash) === asking) this.#asking.delete(hash);
      });
    this.#asking.set(hash, asking);
    return asking;
  }

  #age({ askedAt }: Known): number {
    return this.#options.now() - askedAt;
  }
}
