import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { WorkerObserver } from './worker-observer.ts';

/** What a worker shows under /metrics: per partition lag, records, outcomes; per block rows and time. */
export interface WorkerMetrics extends WorkerObserver {
  registry: Registry;
  /** ms since 1970 of the last batch; 0 before the first. */
  lastBatchAt(): number;
  lag(): number;
}

/** What is shown, by name. */
function workerSeries(registry: Registry) {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    records: counter('hengjian_worker_records_total', 'Records read from the log', ['partition']),
    leftOut: counter('hengjian_worker_records_known_total', 'Records read again after a restart', ['partition']),
    rerouted: counter('hengjian_worker_records_passed_on_total', 'Records of another partition’s key', ['partition']),
    outcomes: counter('hengjian_worker_events_total', 'Events by outcome', ['partition', 'outcome']),
    retries: counter('hengjian_worker_insert_retries_total', 'Inserts that had to be repeated', []),
    lag: new Gauge({
      name: 'hengjian_worker_lag_records',
      help: 'Records in the log that are not stored, as far as the last fetch of the partition told',
      labelNames: ['partition'],
      registers,
    }),
    blockRows: new Histogram({
      name: 'hengjian_worker_block_rows',
      help: 'Rows per stored block',
      buckets: [1, 10, 100, 1_000, 5_000, 20_000, 50_000, 100_000],
      registers,
    }),
    blockSeconds: new Histogram({
      name: 'hengjian_worker_block_seconds',
      help: 'Time to look up and insert a block',
      buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100],
      registers,
    }),
  };
}

export function workerMetrics(): WorkerMetrics {
  const registry = new Registry();
  const { records, leftOut, rerouted, outcomes, retries, lag, blockRows, blockSeconds } = workerSeries(registry);
  /** Of each partition: the end of the log, and the first record that is not dealt with. */
  const ends = new Map<number, number>();
  const nexts = new Map<number, number>();
  const lagOf = (part: number) => Math.max(0, (ends.get(part) ?? 0) - (nexts.get(part) ?? 0));
  const show = (part: number) => lag.set({ partition: String(part) }, lagOf(part));
  let lastBatch = 0;
  return {
    registry,
    lastBatchAt: () => lastBatch,
    lag: () => [...ends.keys()].reduce((sum, part) => sum + lagOf(part), 0),
    assigned(parts) {
      for (const part of [...ends.keys()]) {
        // What was under way is read again, by whoever has the partition now.
        nexts.delete(part);
        if (parts.includes(part)) continue;
        ends.delete(part);
        lag.remove({ partition: part });
      }
    },
    fetched({ part, first, end }) {
      if (!nexts.has(part)) nexts.set(part, first);
      ends.set(part, end);
      show(part);
    },
    passed({ part, last }) {
      nexts.set(part, last + 1);
      ends.set(part, Math.max(ends.get(part) ?? 0, last + 1));
      show(part);
    },
    batch(seen) {
      const partition = String(seen.part);
      lastBatch = Date.now();
      records.inc({ partition }, seen.records);
      leftOut.inc({ partition }, seen.leftOut);
      rerouted.inc({ partition }, seen.rerouted);
      nexts.set(seen.part, seen.last + 1);
      show(seen.part);
    },
    outcome({ part, ...counts }) {
      for (const outcome of ['accepted', 'duplicate', 'rejected'] as const)
        outcomes.inc({ partition: String(part), outcome }, counts[outcome]);
    },
    stored({ events, duplicates, rejects, retries: again, ms }) {
      blockRows.observe(events + duplicates + rejects);
      blockSeconds.observe(ms / 1000);
      retries.inc(again);
    },
  };
}
