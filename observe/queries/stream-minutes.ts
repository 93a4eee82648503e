import type { Scope } from '@hengjian/contract/scope.ts';
import { scopeCondition } from '@hengjian/models/queries/scope-condition.ts';
import type { Statement } from '@hengjian/models/queries/statement.ts';

export interface StreamMinute {
  /** Start of the step (by recording time). */
  at: string;
  type: string;
  events: number;
}

/**
 * Arrivals by event type in steps of `step` minutes, for the `minutes` before `at`, whole minutes.
 * Speaks in minutes throughout, so that the projection `arrivals` of the events can answer.
 */
export function streamMinutes(
  scope: Scope,
  { at, minutes, step }: { at: Date; minutes: number; step: number },
): Statement<StreamMinute> {
  const visible = scopeCondition(scope, 'stream', { unit: 'department', area: 'region' });
  return {
    sql: `SELECT toDateTime64(toStartOfInterval(toStartOfMinute(recorded_at), INTERVAL {step:UInt32} MINUTE), 3, 'Asia/Shanghai') AS at,
       CAST(type AS String) AS type,
       toUInt32(count()) AS events
FROM events
WHERE toStartOfMinute(recorded_at) >= toStartOfMinute(fromUnixTimestamp64Milli({until:Int64}) - INTERVAL {minutes:UInt32} MINUTE)
  AND toStartOfMinute(recorded_at) <= toStartOfMinute(fromUnixTimestamp64Milli({until:Int64}))
  AND ${visible.sql}
GROUP BY at, type
ORDER BY at, type`,
    params: { ...visible.params, until: at.getTime(), minutes, step },
  };
}
