import type { UncountedKind } from '../queries/uncounted-events.ts';

/** What a person should look at. Figures only; `describeAlert` makes sentences of them. Moments are ISO 8601 UTC. */
export type Alert =
  | SourceSilent
  | RejectsAboveShare
  | EventsUncounted
  | LagGrowing
  | WorkersSilent
  | LagUnknown
  | RecordsDropped;

export type AlertKind = Alert['alert'];

/** A source has been silent for longer than its habit. */
export interface SourceSilent {
  alert: 'source_silent';
  source: string;
  since: string;
  /** Hours in which it sent, of the days that its habit is read from: the n of the habit. */
  n: number;
  silence_s: number;
  /** Silence in its usual hours: what hours of such days and times usually bring, added up. */
  usual_hours: number;
  /** The 99th percentile of its pauses, in the same unit. */
  habit_hours: number;
}

/** More of a source's events are refused than chance explains. */
export interface RejectsAboveShare {
  alert: 'rejects_above_share';
  /** '' stands for rejects of no known source; they are judged by `origin`. */
  source: string;
  /** The file, key or topic by which they came. */
  origin?: string;
  /** Events that came in the last hour, of this source or by this origin, whatever became of them. */
  n: number;
  rejects: number;
  share: number;
  allowed_share: number;
}

/** Events were accepted and are counted nowhere, because what they speak of is not known. */
export interface EventsUncounted {
  alert: 'events_uncounted';
  kind: UncountedKind;
  /** When the first of them happened, RFC 3339. */
  since: string;
  n: number;
  /** How many ids are unknown; `value` is the one with most events, `example` the first of these. */
  values: number;
  value: string;
  example: { source: string; id: string };
}

/** The workers fall behind the producers. */
export interface LagGrowing {
  alert: 'lag_growing';
  topic: string;
  since: string;
  /** Looks at the log that the trend is read from. */
  n: number;
  lag: number;
  /** Records a minute: produced, stored, and how the lag grows (median slope). */
  produced: number;
  stored: number;
  growth: number;
}

/** There is lag and nothing of it is being stored: no worker lives, or the warehouse takes nothing. */
export interface WorkersSilent {
  alert: 'workers_silent';
  topic: string;
  since: string;
  /** Partitions that stand still. */
  n: number;
  partitions: number[];
  lag: number;
  /** All partitions with lag stand still: it is not one worker's trouble. */
  all: boolean;
}

/** Nobody asks the brokers: how much waits in the log is not known. */
export interface LagUnknown {
  alert: 'lag_unknown';
  topic: string;
  /** When the brokers were last asked; null if not within a day. */
  since: string | null;
  n: number;
}

/** The log dropped records that were not stored yet. */
export interface RecordsDropped {
  alert: 'records_dropped';
  topic: string;
  since: string | null;
  n: number;
  partitions: number[];
}
