/** What the scheduler shows under /metrics of the stream as a whole: lag of the log, sources, alerts. */
import type { Alert } from '@hengjian/models/alerts/alert.ts';
import type { StreamPartition } from '@hengjian/models/queries/stream-partitions.ts';
import type { StreamSource } from '@hengjian/models/queries/stream-sources.ts';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Sources with metrics of their own; the rest is added up as "other", so that nobody can make series without end. */
const MOST_SOURCES = 100;

export interface StreamSeen {
  alerts: readonly Alert[];
  partitions: readonly StreamPartition[];
  /** Counts of the last hour. */
  sources: readonly StreamSource[];
}

export class StreamMetrics {
  readonly registry = new Registry();
  readonly #alerts = this.#gauge('hengjian_alert', 'What a person should look at; 1 while it holds', [
    'alert',
    'subject',
  ]);
  readonly #lag = this.#gauge(
    'hengjian_log_lag_records',
    'Records in the log that are not stored, by the brokers’ word',
    ['partition'],
  );
  readonly #dropped = this.#gauge('hengjian_log_dropped_records', 'Records the log dropped before they were stored', [
    'partition',
  ]);
  readonly #events = this.#gauge('hengjian_source_events_last_hour', 'Events of the last hour by what became of them', [
    'source',
    'outcome',
  ]);
  readonly #silence = this.#gauge('hengjian_source_silence_seconds', 'Seconds since the last event of a source', [
    'source',
  ]);
  readonly #looked = this.#gauge('hengjian_stream_looked_timestamp_seconds', 'When these figures were read', []);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  show({ alerts, partitions, sources }: StreamSeen, at: Date): void {
    for (const gauge of [this.#alerts, this.#lag, this.#dropped, this.#events, this.#silence]) gauge.reset();
    for (const alert of alerts) this.#alerts.set({ alert: alert.alert, subject: subjectOf(alert) }, 1);
    for (const { part, lag, dropped } of partitions) {
      if (lag !== null) this.#lag.set({ partition: part }, lag);
      this.#dropped.set({ partition: part }, dropped);
    }
    const known = sources
      .filter(({ source }) => source !== '')
      .sort((a, b) => b.recent_events - a.recent_events || b.events - a.events)
      .slice(0, MOST_SOURCES);
    const own = new Set(known.map(({ source }) => source));
    for (const one of sources) {
      const source = own.has(one.source) ? one.source : 'other';
      this.#events.inc({ source, outcome: 'accepted' }, one.recent_events);
      this.#events.inc({ source, outcome: 'duplicate' }, one.recent_duplicates);
      this.#events.inc({ source, outcome: 'rejected' }, one.recent_rejects);
      if (source !== 'other' && one.silence_s !== null) this.#silence.set({ source }, one.silence_s);
    }
    this.#looked.set({}, at.getTime() / 1000);
  }

  #gauge(name: string, help: string, labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}

/** The source or topic that an alert is about. */
export function subjectOf(alert: Alert): string {
  if (!('source' in alert)) return alert.topic;
  return alert.alert === 'rejects_above_share' && alert.origin !== undefined ? `by ${alert.origin}` : alert.source;
}
