/** What the ingest part shows of itself under /metrics. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EventSink, SinkOptions } from '../store/event-sink.ts';
import { exposition } from './exposition.ts';

type Stored = Parameters<NonNullable<SinkOptions['onStored']>>[0];

export class IngestMetrics {
  readonly #registry = new Registry();
  readonly #events = new Counter({
    name: 'hengjian_ingest_events_total',
    help: 'Durable events by what became of them; in front of Kafka workers find the duplicates',
    labelNames: ['outcome'] as const,
    registers: [this.#registry],
  });
  readonly #blocks = new Histogram({
    name: 'hengjian_ingest_block_seconds',
    help: 'Time to make a block durable, look-up of duplicates included',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    registers: [this.#registry],
  });
  readonly #rows = new Histogram({
    name: 'hengjian_ingest_block_rows',
    help: 'Rows of a block',
    buckets: [1, 10, 100, 1_000, 10_000, 100_000],
    registers: [this.#registry],
  });
  readonly #retries = new Counter({
    name: 'hengjian_ingest_insert_retries_total',
    help: 'Inserts that had to be sent again',
    registers: [this.#registry],
  });
  readonly #failures = new Counter({
    name: 'hengjian_ingest_failed_blocks_total',
    help: 'Blocks that could not be stored, or not be appended to the log; their senders were told to send them again',
    registers: [this.#registry],
  });
  readonly #requests = new Histogram({
    name: 'hengjian_http_request_seconds',
    help: 'Duration of requests',
    labelNames: ['route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
    registers: [this.#registry],
  });

  readonly #sent = new Counter({
    name: 'hengjian_ingest_log_records_total',
    help: 'Records that the brokers acknowledged, events and rejects',
    registers: [this.#registry],
  });
  readonly #sending = new Histogram({
    name: 'hengjian_ingest_log_append_seconds',
    help: 'Time until the brokers acknowledged a batch',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  stored({ events, duplicates, rejects, retries, ms }: Stored): void {
    this.#events.inc({ outcome: 'accepted' }, events);
    this.#events.inc({ outcome: 'duplicate' }, duplicates);
    this.#events.inc({ outcome: 'rejected' }, rejects);
    this.#blocks.observe(ms / 1000);
    this.#rows.observe(events + duplicates + rejects);
    this.#retries.inc(retries);
  }

  sent({ records, rejects, ms }: { records: number; rejects: number; ms: number }): void {
    this.#sent.inc(records);
    this.#events.inc({ outcome: 'accepted' }, records - rejects);
    this.#events.inc({ outcome: 'rejected' }, rejects);
    this.#sending.observe(ms / 1000);
  }

  failed(): void {
    this.#failures.inc();
  }

  answered(route: string, status: number, ms: number): void {
    this.#requests.observe({ route, status: String(status) }, ms / 1000);
  }

  /** Shows how much waits in the sink. */
  watch(sink: Pick<EventSink, 'pendingRows' | 'pendingBytes'>): void {
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers: [this.#registry],
        collect() {
          this.set(read());
        },
      });
    gauge('hengjian_ingest_pending_rows', 'Rows that are not durable yet', () => sink.pendingRows);
    gauge('hengjian_ingest_pending_bytes', 'Bytes that are not durable yet', () => sink.pendingBytes);
  }

  /** @param accept the header of whoever asks */
  exposition(accept: string | undefined): ReturnType<typeof exposition> {
    return exposition(this.#registry, accept);
  }
}
