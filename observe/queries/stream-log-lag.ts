import type { Scope } from '@hengjian/contract/scope.ts';
import type { Statement } from '@hengjian/models/queries/statement.ts';
import { seesRejects } from './stream-access.ts';

/** The log as a whole at the end of a step. */
export interface LogLag {
  /** Start of the step, epoch milliseconds. */
  at: number;
  /** Records not stored, at the last look of the step. */
  lag: number;
  /** Offsets added over all partitions at that look: differences are records produced and records stored. */
  log_end: number;
  stored: number;
}

/** Lag over time in steps of `step` minutes, for the `minutes` before `at`; steps without a look are absent. */
export function streamLogLag(
  scope: Scope,
  { topic, at, minutes, step }: { topic: string; at: Date; minutes: number; step: number },
): Statement<LogLag> {
  return {
    sql: `SELECT toFloat64(toUnixTimestamp(toStartOfInterval(looked, INTERVAL {step:UInt32} MINUTE))) * 1000 AS at,
       argMax(behind, looked) AS lag, argMax(next, looked) AS log_end, argMax(have, looked) AS stored
FROM (
  SELECT noted_at AS looked, toFloat64(sum(n.log_end)) AS next, toFloat64(sum(n.stored)) AS have,
         toFloat64(sum(n.log_end - least(n.log_end, greatest(n.stored, n.log_start)))) AS behind
  FROM log_notes AS n
  WHERE {allowed:Bool} AND topic = {topic:String}
    AND noted_at > fromUnixTimestamp64Milli({at:Int64}) - INTERVAL {minutes:UInt32} MINUTE
    AND noted_at <= fromUnixTimestamp64Milli({at:Int64}) + INTERVAL 1 MINUTE
  GROUP BY noted_at
)
GROUP BY at
ORDER BY at`,
    params: { at: at.getTime(), minutes, step, topic, allowed: seesRejects(scope) },
  };
}
