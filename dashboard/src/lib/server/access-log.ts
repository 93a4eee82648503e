import type { Warehouse } from '@hengjian/warehouse';
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
/** Requests of nobody in a minute that are kept one by one: anybody can make as many as they like. */
const STRANGERS_A_MINUTE = 300;

/** Who looked at what: collected and written as one block every two seconds, because an insert a request would be a part a request. */
export class AccessLog {
  #rows: AccessRow[] = [];
  #minute = 0;
  #strangers = 0;
  #lastStranger = '';
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
      const left = this.#strangers - STRANGERS_A_MINUTE;
      if (left > 0)
        this.#logger.warn({ requests: left, address: this.#lastStranger }, 'requests of nobody not kept one by one');
      this.#minute = minute;
      this.#strangers = 0;
    }
    this.#strangers += 1;
    this.#lastStranger = address;
    return this.#strangers > STRANGERS_A_MINUTE;
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
