/** What the scheduler shows under /metrics of the stream as a whole: lag of the log, sources, alerts. */
import type { LogNote } from '@hengjian/ingest/stream/worker/log-watch.ts';
import type { Alert } from '@hengjian/observe/alerts/alert.ts';
import { alertThresholds } from '@hengjian/observe/alerts/alert-thresholds.ts';
import type { StreamSource } from '@hengjian/observe/queries/stream-sources.ts';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Sources with metrics of their own; the rest is added up as "other", so that nobody can make series without end. */
const MOST_SOURCES = 100;

export interface StreamSeen {
  alerts: readonly Alert[];
  /** Counts of the last hour. */
  sources: readonly StreamSource[];
}

export class StreamMetrics {
  readonly registry = new Registry();
  readonly #alerts = this.#gauge('hengjian_alert', 'What a person should look at; 1 while it holds', [
    'alert',
    'subject',
  ]);
  readonly #events = this.#gauge('hengjian_source_events_last_hour', 'Events of the last hour by what became of them', [
    'source',
    'outcome',
  ]);
  readonly #silence = this.#gauge('hengjian_source_silence_seconds', 'Seconds since the last event of a source', [
    'source',
  ]);
  readonly #looked = this.#gauge('hengjian_stream_looked_timestamp_seconds', 'When these figures were read', []);

  readonly #now: () => number;
  #log: { notes: readonly LogNote[]; at: number } | undefined;

  /** @param now in ms, of a clock that only goes on */
  constructor(now = () => performance.now()) {
    this.#now = now;
    collectDefaultMetrics({ register: this.registry });
    this.#logGauge(
      'hengjian_log_lag_records',
      'Records in the log that are not stored, by the brokers’ word of the last three minutes',
      (note) => note.log_end - Math.min(note.log_end, Math.max(note.stored, note.log_start)),
    );
    this.#logGauge('hengjian_log_dropped_records', 'Records the log dropped before they were stored', (note) =>
      Math.max(0, note.log_start - note.stored),
    );
  }

  showLog(notes: readonly LogNote[]): void {
    this.#log = { notes, at: this.#now() };
  }

  show({ alerts, sources }: StreamSeen, at: Date): void {
    for (const gauge of [this.#alerts, this.#events, this.#silence]) gauge.reset();
    for (const alert of alerts) this.#alerts.set({ alert: alert.alert, subject: subjectOf(alert) }, 1);
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

  /** Of each partition; no series at all rather than what may be over by now. */
  #logGauge(name: string, help: string, read: (note: LogNote) => number): void {
    const present = () =>
      this.#log && this.#now() - this.#log.at < alertThresholds.lag.unknownSeconds * 1_000 ? this.#log.notes : [];
    new Gauge({
      name,
      help,
      labelNames: ['partition'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const note of present()) this.set({ partition: note.part }, read(note));
      },
    });
  }

  #gauge(name: string, help: string, labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}

/** The source, topic or kind that an alert is about. */
export function subjectOf(alert: Alert): string {
  if (alert.alert === 'events_uncounted') return alert.kind;
  if (!('source' in alert)) return alert.topic;
  return alert.alert === 'rejects_above_share' && alert.origin !== undefined ? `by ${alert.origin}` : alert.source;
}
