import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionError } from '@hengjian/warehouse';
import { LRUCache } from 'lru-cache';
import type { Account } from './account.ts';
import { onAccountChange } from './account-changes.ts';
import { hashToken, looksLikeToken } from './token.ts';

/** What another process changes acts here after this at the latest, and the time of one look-up (milliseconds). */
const HOLDS_FOR = 1_000;
/** From then on it is asked again, while who is known is not made to wait (milliseconds). */
const ASKED_AGAIN_AFTER = 500;
/** Sessions expire without anybody changing anything: looked up again after this in any case (milliseconds). */
const LOOKED_UP_EVERY = 60_000;
/** While the warehouse is away nobody can be disabled through it; still its last word counts no longer than this. */
const HOLDS_WHILE_AWAY_FOR = 10 * 60_000;
/** A warehouse that has not answered for this long counts as away; its client tries again for longer (milliseconds). */
const ANSWERS_WITHIN = 2_000;
/** Who was found away this short a time ago is asked again, but not waited for (milliseconds). */
const AWAY_FOR = 5_000;

/** Of all accounts and sessions, and when the question for it was put. */
interface State {
  state: string;
  askedAt: number;
}

interface Known extends State {
  account: Account;
  lookedUpAt: number;
}

export interface SessionCacheOptions {
  /** The account of a running session, from the warehouse. */
  find: (token: string) => Promise<Account | undefined>;
  /** Differs whenever any account or session has changed (read-account-state.ts). */
  state: () => Promise<string>;
  now?: () => number;
}

/**
 * Who is signed in. One question a second for all sessions together says whether anything has changed; only then, and once
 * a minute, they are looked up. A change made in this process acts at once.
 */
export class SessionCache {
  /** By hash: a token is kept nowhere. */
  readonly #known = new LRUCache<string, Known>({ max: 10_000 });
  readonly #asking = new Map<string, Promise<Account | undefined>>();
  #foundAwayAt = Number.NEGATIVE_INFINITY;
  #state: State | undefined;
  #askingState: Promise<State> | undefined;
  readonly #options: Required<SessionCacheOptions>;
  readonly #unsubscribe: () => void;

  constructor(options: SessionCacheOptions) {
    this.#options = { now: () => performance.now(), ...options };
    this.#unsubscribe = onAccountChange(() => {
      this.#known.clear();
      // Those under way may have been answered before the change.
      this.#asking.clear();
      this.#state = undefined;
      this.#askingState = undefined;
    });
  }

  /** @throws the connection's error while the warehouse is away and did not know the session within ten minutes. */
  async find(token: string): Promise<Account | undefined> {
    if (!looksLikeToken(token)) return undefined;
    const hash = hashToken(token);
    const known = this.#known.get(hash);
    if (known && this.#age(known) <= HOLDS_FOR) {
      // What goes wrong is met by who has to wait for it.
      if (this.#age(known) > ASKED_AGAIN_AFTER && !this.#asking.has(hash))
        this.#ask(hash, token).catch(() => undefined);
      return known.account;
    }
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
    const asking: Promise<Account | undefined> = this.#renew(hash, token)
      .then((known) => {
        this.#foundAwayAt = Number.NEGATIVE_INFINITY;
        if (this.#asking.get(hash) !== asking) return known?.account;
        if (known) this.#known.set(hash, known);
        else this.#known.delete(hash);
        return known?.account;
      })
      .finally(() => {
        if (this.#asking.get(hash) === asking) this.#asking.delete(hash);
      });
    this.#asking.set(hash, asking);
    return asking;
  }

  /** What is known holds as long as the state that was asked for before it was looked up. */
  async #renew(hash: string, token: string): Promise<Known | undefined> {
    const { state, askedAt } = await this.#readState();
    const known = this.#known.get(hash);
    const lookedUpAt = this.#options.now();
    if (known?.state === state && lookedUpAt - known.lookedUpAt <= LOOKED_UP_EVERY) return { ...known, askedAt };
    const account = await this.#options.find(token);
    return account && { account, state, askedAt: lookedUpAt, lookedUpAt };
  }

  async #readState(): Promise<State> {
    if (this.#state && this.#age(this.#state) <= ASKED_AGAIN_AFTER) return this.#state;
    if (this.#askingState) return this.#askingState;
    const askedAt = this.#options.now();
    const asking: Promise<State> = this.#options
      .state()
      .then((state) => {
        const found = { state, askedAt };
        if (this.#askingState === asking) this.#state = found;
        return found;
      })
      .finally(() => {
        if (this.#askingState === asking) this.#askingState = undefined;
      });
    this.#askingState = asking;
    return asking;
  }

  #age({ askedAt }: State): number {
    return this.#options.now() - askedAt;
  }
}
