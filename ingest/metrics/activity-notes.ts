/**
 * What this process wrote, noted in the warehouse about every ten seconds while it works, so that a dashboard on another
 * machine can show it. Never in the way: a note that cannot be stored is logged and forgotten.
 */
import { hostname } from 'node:os';
import type { Warehouse } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import type { StoredBlock } from '../store/store-block.ts';
import type { WorkerObserver } from '../stream/worker/worker-observer.ts';

const EVERY_MS = 10_000;
const GIVE_UP_MS = 5_000;
/** The last note must not hold up the end of the process. */
const LAST_GIVE_UP_MS = 500;

export interface ActivityNotesOptions {
  warehouse: Warehouse;
  logger: Pick<Logger, 'warn'>;
  /** How events come to this writer; the stored column has this name. */
  door: 'edge' | 'worker';
  /** Of a worker: the topic whose partitions it reads. */
  topic?: string;
  everyMs?: number;
  now?: () => number;
}

interface PartitionActivity {
  batches: number;
  records: number;
  known: number;
  passed_on: number;
  accepted: number;
  duplicates: number;
  rejects: number;
  lag: number;
}

const noInserts = () => ({
  blocks: 0,
  events: 0,
  duplicates: 0,
  rejects: 0,
  max_rows: 0,
  insert_ms: 0,
  max_ms: 0,
  retries: 0,
  failures: 0,
});

export class ActivityNotes implements Pick<WorkerObserver, 'batch' | 'outcome' | 'stored'> {
  readonly #options: ActivityNotesOptions;
  readonly #now: () => number;
  readonly #writer = `${hostname()}/${process.pid}`;
  readonly #timer: NodeJS.Timeout;
  #inserts = noInserts();
  #partitions = new Map<number, PartitionActivity>();
  #since: number;
  #flushing: Promise<void> | undefined;

  constructor(options: ActivityNotesOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#since = this.#now();
    this.#timer = setInterval(() => void this.flush(), options.everyMs ?? EVERY_MS).unref();
  }

  stored = ({ events, duplicates, rejects, retries, ms }: StoredBlock & { ms: number }): void => {
    const sum = this.#inserts;
    sum.blocks += 1;
    sum.events += events;
    sum.duplicates += duplicates;
    sum.rejects += rejects;
    sum.max_rows = Math.max(sum.max_rows, events + duplicates + rejects);
    sum.insert_ms += ms;
    sum.max_ms = Math.max(sum.max_ms, ms);
    sum.retries += retries;
  };

  failed = (): void => {
    this.#inserts.failures += 1;
  };

  batch = ({ part, records, leftOut, rerouted, lag }: Parameters<WorkerObserver['batch']>[0]): void => {
    const sum = this.#of(part);
    sum.batches += 1;
    sum.records += records;
    sum.known += leftOut;
    sum.passed_on += rerouted;
    sum.lag = lag;
  };

  outcome = ({ part, accepted, duplicate, rejected }: Parameters<WorkerObserver['outcome']>[0]): void => {
    const sum = this.#of(part);
    sum.accepted += accepted;
    sum.duplicates += duplicate;
    sum.rejects += rejected;
  };

  /** Stores what was counted since the last time, if anything was. Never rejects. */
  flush(giveUpMs = GIVE_UP_MS): Promise<void> {
    this.#flushing ??= this.#store(giveUpMs).finally(() => {
      this.#flushing = undefined;
    });
    return this.#flushing;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    await this.flush(LAST_GIVE_UP_MS);
  }

  async #store(giveUpMs: number): Promise<void> {
    const { warehouse, logger, door, topic } = this.#options;
    const [inserts, partitions, since, now] = [this.#inserts, this.#partitions, this.#since, this.#now()];
    this.#inserts = noInserts();
    this.#partitions = new Map();
    this.#since = now;
    const interval = { since: iso(since), noted_at: iso(now), writer: this.#writer };
    const worked = inserts.blocks > 0 || inserts.failures > 0;
    const signal = AbortSignal.timeout(giveUpMs);
    try {
      if (worked) await warehouse.insert('insert_notes', [{ ...interval, door, ...inserts }], { signal });
      const rows = [...partitions].map(([part, sums]) => ({ ...interval, topic, part, ...sums }));
      await warehouse.insert('partition_notes', rows, { signal });
    } catch (error) {
      logger.warn({ err: error }, 'what was written could not be noted; only the figures of the stream page miss it');
    }
  }

  #of(part: number): PartitionActivity {
    let sum = this.#partitions.get(part);
    if (!sum) {
      sum = { batches: 0, records: 0, known: 0, passed_on: 0, accepted: 0, duplicates: 0, rejects: 0, lag: 0 };
      this.#partitions.set(part, sum);
    }
    return sum;
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
