import type { Scope } from '@hengjian/contract/scope.ts';
import type { Statement } from '@hengjian/models/queries/statement.ts';
import { seesRejects } from './stream-access.ts';

export interface StreamPartition {
  part: number;
  /** Records in the log that are not stored; null where nobody noted it within a day. */
  lag: number | null;
  /** Unstored records that the log dropped because of its retention. */
  dropped: number;
  /** When the brokers were last asked, ISO 8601 UTC. */
  noted: string | null;
  /** Since when there is lag and nothing of it is being stored, ISO 8601 UTC; null while it moves or has none. */
  stuck_since: string | null;
  /** Records of the period by what became of them, and the batches they were read in. */
  records: number;
  batches: number;
  accepted: number;
  duplicates: number;
  rejects: number;
  passed_on: number;
  /** Who last wrote it, and when it noted that; null when nobody did in the period. */
  writer: string | null;
  last_written: string | null;
}

/** Partitions of the log: lag by the brokers' word, and what was done in the last `minutes` before `at`. */
export function streamPartitions(
  scope: Scope,
  { topic, at, minutes }: { topic: string; at: Date; minutes: number },
): Statement<StreamPartition> {
  const iso = (time: string) => `formatDateTime(toTimeZone(${time}, 'UTC'), '%Y-%m-%dT%H:%i:%SZ')`;
  return {
    sql: `WITH fromUnixTimestamp64Milli({at:Int64}) AS at,
log AS (
  SELECT part, max(noted_at) AS noted, argMax(log_start, noted_at) AS first, argMax(log_end, noted_at) AS next, argMax(stored, noted_at) AS have
  FROM log_notes WHERE topic = {topic:String} AND noted_at > at - INTERVAL 1 DAY AND noted_at <= at + INTERVAL 1 MINUTE GROUP BY part
),
stuck AS (
  SELECT n.part AS part, min(n.noted_at) AS since
  FROM log_notes AS n INNER JOIN log ON log.part = n.part
  WHERE n.topic = {topic:String} AND n.noted_at > at - INTERVAL 1 DAY AND n.noted_at <= at + INTERVAL 1 MINUTE
    AND n.stored = log.have AND n.log_end > n.stored AND log.next > log.have
  GROUP BY n.part
),
work AS (
  SELECT part, max(noted_at) AS noted, argMax(writer, noted_at) AS writer, sum(records) AS records, sum(batches) AS batches,
         sum(accepted) AS accepted, sum(duplicates) AS duplicates, sum(rejects) AS rejects, sum(passed_on) AS passed_on
  FROM partition_notes WHERE topic = {topic:String} AND noted_at > at - INTERVAL {minutes:UInt32} MINUTE AND noted_at <= at + INTERVAL 1 MINUTE GROUP BY part
)
SELECT parts.part AS part,
       if(log.next > 0 OR log.noted > toDateTime64(0, 3), toFloat64(log.next - least(log.next, greatest(log.have, log.first))), NULL) AS lag,
       toFloat64(if(log.first > log.have, log.first - log.have, 0)) AS dropped,
       if(log.noted > toDateTime64(0, 3), ${iso('log.noted')}, NULL) AS noted,
       if(stuck.since > toDateTime64(0, 3), ${iso('stuck.since')}, NULL) AS stuck_since,
       toFloat64(work.records) AS records, toFloat64(work.batches) AS batches, toFloat64(work.accepted) AS accepted,
       toFloat64(work.duplicates) AS duplicates, toFloat64(work.rejects) AS rejects, toFloat64(work.passed_on) AS passed_on,
       if(work.noted > toDateTime64(0, 3), CAST(work.writer AS String), NULL) AS writer,
       if(work.noted > toDateTime64(0, 3), ${iso('work.noted')}, NULL) AS last_written
FROM (SELECT part FROM log UNION DISTINCT SELECT part FROM work) AS parts
LEFT JOIN log ON log.part = parts.part
LEFT JOIN stuck ON stuck.part = parts.part
LEFT JOIN work ON work.part = parts.part
WHERE {allowed:Bool}
ORDER BY part`,
    params: { at: at.getTime(), minutes, topic, allowed: seesRejects(scope) },
  };
}
