/** What the looks at the log say: it grows, it stands still, it drops records, nobody looks. */
import type { LogLag } from '../queries/stream-log-lag.ts';
import type { StreamPartition } from '../queries/stream-partitions.ts';
import type { LagGrowing, LagUnknown, RecordsDropped, WorkersSilent } from './alert.ts';
import { alertThresholds } from './alert-thresholds.ts';

const MINUTE_MS = 60_000;
const { windowMinutes, minLooks, minRecords, stuckSeconds, unknownSeconds } = alertThresholds.lag;

/** @param looks one a minute, ascending, of a day; the growth is judged by the last ten minutes */
export function lagGrowing(topic: string, looks: readonly LogLag[]): LagGrowing | undefined {
  const last = looks.at(-1);
  if (!last || last.lag < minRecords) return undefined;
  const recent = looks.filter(({ at }) => at >= last.at - windowMinutes * MINUTE_MS);
  const first = recent[0]!;
  const minutes = (last.at - first.at) / MINUTE_MS;
  if (recent.length < minLooks || minutes < windowMinutes - 1) return undefined;
  const growth = medianSlope(recent.map(({ at, lag }) => ({ x: at / MINUTE_MS, y: lag })));
  if (growth <= 0 || last.lag <= first.lag) return undefined;
  const below = looks.findLastIndex(({ lag }) => lag < minRecords);
  return {
    alert: 'lag_growing',
    topic,
    since: new Date(looks[below + 1]!.at).toISOString(),
    n: recent.length,
    lag: last.lag,
    produced: (last.log_end - first.log_end) / minutes,
    stored: (last.stored - first.stored) / minutes,
    growth,
  };
}

/** Theil–Sen estimator: the median of the slopes between all pairs of points; single spikes do not move it. */
export function medianSlope(points: readonly { x: number; y: number }[]): number {
  const slopes = points.flatMap((a, i) => points.slice(i + 1).map((b) => (b.y - a.y) / (b.x - a.x)));
  slopes.sort((a, b) => a - b);
  const middle = slopes.length >> 1;
  return slopes.length % 2 ? slopes[middle]! : (slopes[middle - 1]! + slopes[middle]!) / 2;
}

type Standing = Pick<StreamPartition, 'part' | 'lag' | 'stuck_since' | 'noted' | 'dropped'>;

export function workersSilent(topic: string, partitions: readonly Standing[]): WorkersSilent | undefined {
  const behind = partitions.filter(({ lag }) => (lag ?? 0) > 0);
  const stuck = behind.filter(
    ({ stuck_since, noted }) =>
      stuck_since && noted && Date.parse(noted) - Date.parse(stuck_since) >= stuckSeconds * 1000,
  );
  if (stuck.length === 0) return undefined;
  return {
    alert: 'workers_silent',
    topic,
    since: stuck.map(({ stuck_since }) => stuck_since!).sort()[0]!,
    n: stuck.length,
    partitions: stuck.map(({ part }) => part),
    lag: stuck.reduce((sum, { lag }) => sum + lag!, 0),
    all: stuck.length === behind.length,
  };
}

/** @param partitions empty when nobody ever looked */
export function lagUnknown(topic: string, partitions: readonly Standing[], at: Date): LagUnknown | undefined {
  const latest = partitions
    .flatMap(({ noted }) => noted ?? [])
    .sort()
    .at(-1);
  if (latest && at.getTime() - Date.parse(latest) < unknownSeconds * 1000) return undefined;
  return { alert: 'lag_unknown', topic, since: latest ?? null, n: partitions.length };
}

export function recordsDropped(topic: string, partitions: readonly Standing[]): RecordsDropped | undefined {
  const dropped = partitions.filter((one) => one.dropped > 0);
  if (dropped.length === 0) return undefined;
  return {
    alert: 'records_dropped',
    topic,
    since: dropped.flatMap(({ stuck_since }) => stuck_since ?? []).sort()[0] ?? null,
    n: dropped.reduce((sum, one) => sum + one.dropped, 0),
    partitions: dropped.map(({ part }) => part),
  };
}
