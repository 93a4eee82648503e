import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { VersionedStore } from './versioned-store.ts';

/** The dashboard's own measures, in the Prometheus text format under /metrics. */
export class DashboardMetrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'hengjian_dashboard_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'status'] as const,
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [this.registry],
  });
  readonly denied = new Counter({
    name: 'hengjian_dashboard_denied_total',
    help: 'Requests refused by the access table, by status',
    labelNames: ['status'] as const,
    registers: [this.registry],
  });
  readonly listeners = new Gauge({
    name: 'hengjian_dashboard_update_listeners',
    help: 'Open connections that wait for updates',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Tells of what is kept between refreshes. @param stores by what they keep */
  watchStores(stores: Record<string, VersionedStore>): void {
    const registers = [this.registry];
    const tell = (name: string, help: string, read: (store: VersionedStore) => number) =>
      new Gauge({
        name,
        help,
        labelNames: ['of'],
        registers,
        collect() {
          for (const [of, store] of Object.entries(stores)) this.set({ of }, read(store));
        },
      });
    tell('hengjian_dashboard_kept_entries', 'Answers that are kept until the next refresh', ({ entries }) => entries);
    tell('hengjian_dashboard_kept_bytes', 'What they take, bounded', ({ bytes }) => bytes);
    new Counter({
      name: 'hengjian_dashboard_answers_total',
      help: 'Answers given, by where from: kept, before (of the version before the last refresh), joined (somebody was making the same), made',
      labelNames: ['of', 'from'],
      registers,
      collect() {
        this.reset();
        for (const [of, { counts }] of Object.entries(stores))
          for (const [from, count] of Object.entries(counts)) this.inc({ of, from }, count);
      },
    });
  }
}
