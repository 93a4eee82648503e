import { isIPv6 } from 'node:net';
import type { Warehouse } from '@hengjian/warehouse';
import { LRUCache } from 'lru-cache';
import type { Logger } from './parts.ts';

export interface AccessRow {
  at: string;
  request_id: string;
  account: string;
  /** From where. */
  address: string;
  method: string;
  route: string;
  path: string;
  status: number;
  duration_ms: number;
}

const flushEvery = 2_000;
const writeWithin = 2_000;
/** Beyond this the warehouse has been away for long: the oldest rows go to the text log instead of filling memory. */
const keepAtMost = 10_000;
/**
 * Requests of nobody in a minute that are kept one by one, as anybody can make as many as they like: from one address, so that who
 * knocks loudest hides nobody else, and from all together.
 */
export const STRANGERS_A_MINUTE = { address: 300, all: 3_000 };
/** Addresses that are counted apart; the one longest unused is forgotten. */
const REMEMBERED = 10_000;

/** Who looked at what: collected and written as one block every two seconds, because an insert a request would be a part a request. */
export class AccessLog {
  #rows: AccessRow[] = [];
  #minute = 0;
  #kept = 0;
  #left = 0;
  #lastLeft = '';
  readonly #strangers = new LRUCache<string, number>({ max: REMEMBERED });
  #writing: Promise<void> = Promise.resolve();
  readonly #warehouse: Warehouse;
  readonly #logger: Logger;
  readonly #timer: NodeJS.Timeout;

  constructor(warehouse: Warehouse, logger: Logger) {
    this.#warehouse = warehouse;
    this.#logger = logger;
    this.#timer = setInterval(() => void this.flush(), flushEvery);
    this.#timer.unref();
  }

  record(row: AccessRow): void {
    if (row.account === '' && this.#tooManyStrangers(row)) return;
    this.#rows.push(row);
    if (this.#rows.length > keepAtMost) this.#logger.warn({ access: this.#rows.shift() }, 'access row not stored');
  }

  /** What is over the limit is told as a number in the text log. */
  #tooManyStrangers({ address }: AccessRow): boolean {
    const minute = Math.floor(performance.now() / 60_000);
    if (minute !== this.#minute) {
      if (this.#left > 0)
        this.#logger.warn({ requests: this.#left, address: this.#lastLeft }, 'requests of nobody not kept one by one');
      this.#minute = minute;
      this.#kept = 0;
      this.#left = 0;
      this.#strangers.clear();
    }
    const from = networkOf(address);
    const before = this.#strangers.get(from) ?? 0;
    this.#strangers.set(from, before + 1);
    if (before < STRANGERS_A_MINUTE.address && this.#kept < STRANGERS_A_MINUTE.all) {
      this.#kept += 1;
      return false;
    }
    this.#left += 1;
    this.#lastLeft = address;
    return true;
  }

  flush(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const rows = this.#rows;
      if (rows.length === 0) return;
      this.#rows = [];
      try {
        // Without a limit the warehouse would be asked for minutes, and a stop would wait for it.
        await this.#warehouse.insert('access_log', rows, { signal: AbortSignal.timeout(writeWithin) });
      } catch (error) {
        this.#rows = [...rows, ...this.#rows];
        this.#logger.warn({ err: error, rows: rows.length }, 'access log not written yet, will be tried again');
      }
    });
    return this.#writing;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }
}

/** Of IPv6 the network: one household has more addresses than can be counted. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const [before, after] = [head, tail ?? ''].map((groups) => (groups === '' ? [] : groups.split(':')));
  const zeros = tail === undefined ? 0 : 8 - before!.length - after!.length;
  return [...before!, ...Array.from({ length: zeros }, () => '0'), ...after!].slice(0, 4).join(':');
}
