import type { Scope } from '@hengjian/contract/scope.ts';
import { scopeCondition } from '@hengjian/models/queries/scope-condition.ts';
import type { Statement } from '@hengjian/models/queries/statement.ts';

export interface StreamLag {
  /** Stored events within the scope, all time. */
  events: number;
  /** Seconds since anything was recorded; null when nothing ever was. */
  silence_s: number | null;
  /** Events that came by themselves (not from a file of old ones) in the last `minutes` before `at`: the n of the delays. */
  recent: number;
  /** Seconds from happening to recording of those, median and 95th percentile; null when there are none. */
  delay_p50_s: number | null;
  delay_p95_s: number | null;
}

/** How far the record is behind the world: since when nothing came, and how late events come. */
export function streamLag(scope: Scope, { at, minutes }: { at: Date; minutes: number }): Statement<StreamLag> {
  const visible = scopeCondition(scope, 'stream', { unit: 'department', area: 'region' });
  return {
    // The total and the latest come from what the engine keeps with each part; only recent events are read.
    sql: `WITH fromUnixTimestamp64Milli({at:Int64}) AS at
SELECT toUInt32(whole.n) AS events,
       if(whole.n > 0, greatest(0, {at:Int64} - toUnixTimestamp64Milli(whole.latest)) / 1000, NULL) AS silence_s,
       toUInt32(part.n) AS recent,
       if(part.n > 0, part.p50, NULL) AS delay_p50_s,
       if(part.n > 0, part.p95, NULL) AS delay_p95_s
FROM (SELECT count() AS n, max(recorded_at) AS latest FROM events WHERE ${visible.sql}) AS whole
CROSS JOIN (
  SELECT count() AS n, quantileTDigest(0.5)(delay) AS p50, quantileTDigest(0.95)(delay) AS p95
  FROM (
    SELECT (toUnixTimestamp64Milli(recorded_at) - toUnixTimestamp64Milli(time)) / 1000 AS delay
    FROM events
    WHERE origin_kind != 'file' AND recorded_at > at - INTERVAL {minutes:UInt32} MINUTE AND recorded_at <= at AND ${visible.sql}
  )
) AS part`,
    params: { ...visible.params, at: at.getTime(), minutes },
  };
}
