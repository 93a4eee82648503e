import type { Scope } from './scope.ts';
import type { Statement } from './statement.ts';
import { seesRejects } from './stream-access.ts';
import { openReject } from './stream-rejects.ts';

export interface StreamSource {
  source: string;
  /** Stored events, all time. */
  events: number;
  /** When the latest one was recorded, ISO 8601 UTC; null for a source that so far had only rejects. */
  last_recorded: string | null;
  /** The latest event time it sent. */
  last_time: string | null;
  /** Seconds between that recording and `at`. */
  silence_s: number | null;
  duplicates: number;
  /** Refused and still open. */
  rejects: number;
}

/** Sending systems, the longest silent first. */
export function streamSources(scope: Scope, { at }: { at: Date }): Statement<StreamSource> {
  return {
    sql: `SELECT CAST(source AS String) AS source,
       toUInt32(sum(stored)) AS events,
       if(events > 0, formatDateTime(toTimeZone(max(recorded), 'UTC'), '%Y-%m-%dT%H:%i:%SZ'), NULL) AS last_recorded,
       if(events > 0, formatDateTime(toTimeZone(max(happened), 'UTC'), '%Y-%m-%dT%H:%i:%SZ'), NULL) AS last_time,
       if(events > 0, greatest(0, {at:Int64} - toUnixTimestamp64Milli(max(recorded))) / 1000, NULL) AS silence_s,
       toUInt32(sum(again)) AS duplicates,
       toUInt32(sum(refused)) AS rejects
FROM (
  SELECT source, count() AS stored, max(recorded_at) AS recorded, max(time) AS happened, 0 AS again, 0 AS refused FROM events GROUP BY source
  UNION ALL
  SELECT source, 0, toDateTime64(0, 6, 'Asia/Shanghai'), toDateTime64(0, 6, 'Asia/Shanghai'), count(), 0 FROM duplicates GROUP BY source
  UNION ALL
  SELECT source, 0, toDateTime64(0, 6, 'Asia/Shanghai'), toDateTime64(0, 6, 'Asia/Shanghai'), 0, count() FROM rejects WHERE ${openReject} GROUP BY source
)
WHERE {allowed:Bool}
GROUP BY source
ORDER BY silence_s DESC NULLS LAST, source`,
    params: { at: at.getTime(), allowed: seesRejects(scope) },
  };
}
