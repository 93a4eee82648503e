import type { Scope } from '@hengjian/contract/scope.ts';
import type { Statement } from '@hengjian/models/queries/statement.ts';
import { seesRejects } from './stream-access.ts';

export interface SourceHours {
  source: string;
  /** When the latest event was recorded, epoch milliseconds, whole minutes. */
  last: number;
  /** Hours in which something was recorded, ascending, as hours since 1970. */
  hours: number[];
}

/** When each source sent in the `days` before `at`: what its habit is read from. */
export function sourceHours(scope: Scope, { at, days }: { at: Date; days: number }): Statement<SourceHours> {
  return {
    sql: `SELECT CAST(source AS String) AS source,
       toFloat64(max(toUnixTimestamp(minute))) * 1000 AS last,
       arraySort(groupUniqArray(intDiv(toUnixTimestamp(minute), 3600))) AS hours
FROM (
  SELECT source, toStartOfMinute(recorded_at) AS minute, count() AS n FROM events
  WHERE toStartOfMinute(recorded_at) >= toStartOfMinute(fromUnixTimestamp64Milli({at:Int64}) - INTERVAL {days:UInt32} DAY)
    AND toStartOfMinute(recorded_at) <= fromUnixTimestamp64Milli({at:Int64})
  GROUP BY source, minute
)
WHERE {allowed:Bool}
GROUP BY source
ORDER BY source`,
    params: { at: at.getTime(), days, allowed: seesRejects(scope) },
  };
}
