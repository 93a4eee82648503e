import type { Scope } from '@hengjian/contract/scope.ts';
import type { Statement } from '@hengjian/models/queries/statement.ts';
import { seesRejects } from './stream-access.ts';

export interface StreamWriter {
  /** Host and process id. */
  writer: string;
  /** `edge`: writes what comes over HTTP and from files; `worker`: writes what it reads from the log. */
  door: 'edge' | 'worker';
  /** When it last noted that it had written, ISO 8601 UTC. */
  last_noted: string;
  /** Inserts of the period. */
  blocks: number;
  events: number;
  duplicates: number;
  rejects: number;
  /** Rows of an insert, mean and largest. */
  mean_rows: number;
  max_rows: number;
  /** Milliseconds to look up and insert a block, mean and longest; null when all failed. */
  mean_ms: number | null;
  max_ms: number;
  /** Inserts that had to be repeated, and blocks that were given up. */
  retries: number;
  failures: number;
}

/** Who wrote in the last `minutes` before `at`, in how large blocks, how fast; the latest first. */
export function streamWriters(scope: Scope, { at, minutes }: { at: Date; minutes: number }): Statement<StreamWriter> {
  return {
    sql: `SELECT CAST(writer AS String) AS writer, CAST(door AS String) AS door,
       formatDateTime(toTimeZone(max(noted_at), 'UTC'), '%Y-%m-%dT%H:%i:%SZ') AS last_noted,
       toFloat64(sum(n.blocks)) AS blocks, toFloat64(sum(n.events)) AS events,
       toFloat64(sum(n.duplicates)) AS duplicates, toFloat64(sum(n.rejects)) AS rejects,
       if(blocks > 0, (events + duplicates + rejects) / blocks, 0) AS mean_rows, toFloat64(max(n.max_rows)) AS max_rows,
       if(blocks > 0, sum(n.insert_ms) / blocks, NULL) AS mean_ms, max(n.max_ms) AS max_ms,
       toFloat64(sum(n.retries)) AS retries, toFloat64(sum(n.failures)) AS failures
FROM insert_notes AS n
WHERE {allowed:Bool}
  AND noted_at > fromUnixTimestamp64Milli({at:Int64}) - INTERVAL {minutes:UInt32} MINUTE
  AND noted_at <= fromUnixTimestamp64Milli({at:Int64}) + INTERVAL 1 MINUTE
GROUP BY writer, door
ORDER BY max(noted_at) DESC, writer
LIMIT 100`,
    params: { at: at.getTime(), minutes, allowed: seesRejects(scope) },
  };
}
