import type { Scope } from './scope.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';
import { streamReaders } from './stream-access.ts';

export interface StreamLag {
  /** Stored events within the scope, all time. */
  events: number;
  /** Seconds since anything was recorded; null when nothing ever was. */
  silence_s: number | null;
  /** Events recorded in the last `minutes` before `at`: the n of the delays. */
  recent: number;
  /** Seconds from happening to recording of those, median and 95th percentile; null when there are none. */
  delay_p50_s: number | null;
  delay_p95_s: number | null;
}

/** How far the record is behind the world: since when nothing came, and how late events come. */
export function streamLag(scope: Scope, { at, minutes }: { at: Date; minutes: number }): Statement<StreamLag> {
  const visible = scopeCondition(scope, streamReaders, { unit: 'department', area: 'region' });
  return {
    sql: `WITH fromUnixTimestamp64Milli({at:Int64}) AS at,
     recorded_at > at - INTERVAL {minutes:UInt32} MINUTE AND recorded_at <= at AS is_recent,
     (toUnixTimestamp64Milli(recorded_at) - toUnixTimestamp64Milli(time)) / 1000 AS delay
SELECT toUInt32(count()) AS events,
       if(events > 0, greatest(0, {at:Int64} - toUnixTimestamp64Milli(max(recorded_at))) / 1000, NULL) AS silence_s,
       toUInt32(countIf(is_recent)) AS recent,
       if(recent > 0, quantileTDigestIf(0.5)(delay, is_recent), NULL) AS delay_p50_s,
       if(recent > 0, quantileTDigestIf(0.95)(delay, is_recent), NULL) AS delay_p95_s
FROM events
WHERE ${visible.sql}`,
    params: { ...visible.params, at: at.getTime(), minutes },
  };
}
