import type { Scope } from '@hengjian/contract/scope.ts';
import type { Statement } from '@hengjian/models/queries/statement.ts';
import { seesRejects } from './stream-access.ts';
import { openReject } from './stream-rejects.ts';

export interface StreamSource {
  /** '' stands for rejects whose source cannot be read, or has never sent a valid event. */
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
  /** Of the last `minutes` before `at`: stored, come again, refused and still open. */
  recent_events: number;
  recent_duplicates: number;
  recent_rejects: number;
}

/** More systems than this do not fit a page; the longest silent come first. */
const MOST_SOURCES = 500;

/** Sending systems, the longest silent first. Speaks in minutes, so that the projection `arrivals` can answer. */
export function streamSources(scope: Scope, { at, minutes }: { at: Date; minutes: number }): Statement<StreamSource> {
  const none = "toDateTime64(0, 6, 'Asia/Shanghai')";
  const since = 'toStartOfMinute(fromUnixTimestamp64Milli({at:Int64}) - INTERVAL {minutes:UInt32} MINUTE)';
  const known = "if(source IN (SELECT source FROM events GROUP BY source), source, '')";
  return {
    sql: `SELECT CAST(source AS String) AS source,
       toUInt32(sum(stored)) AS events,
       if(events > 0, formatDateTime(toTimeZone(max(recorded), 'UTC'), '%Y-%m-%dT%H:%i:%SZ'), NULL) AS last_recorded,
       if(events > 0, formatDateTime(toTimeZone(max(happened), 'UTC'), '%Y-%m-%dT%H:%i:%SZ'), NULL) AS last_time,
       if(events > 0, greatest(0, {at:Int64} - toUnixTimestamp64Milli(max(recorded))) / 1000, NULL) AS silence_s,
       toUInt32(sum(again)) AS duplicates,
       toUInt32(sum(refused)) AS rejects,
       toUInt32(sum(stored_lately)) AS recent_events,
       toUInt32(sum(again_lately)) AS recent_duplicates,
       toUInt32(sum(refused_lately)) AS recent_rejects
FROM (
  SELECT source, count() AS stored, max(recorded_at) AS recorded, max(time) AS happened, 0 AS again, 0 AS refused,
         0 AS stored_lately, 0 AS again_lately, 0 AS refused_lately
  FROM events GROUP BY source
  UNION ALL
  SELECT source, 0, ${none}, ${none}, 0, 0, count(), 0, 0 FROM events WHERE toStartOfMinute(recorded_at) >= ${since} GROUP BY source
  UNION ALL
  SELECT source, 0, ${none}, ${none}, count(), 0, 0, countIf(recorded_at >= ${since}), 0 FROM duplicates GROUP BY source
  UNION ALL
  SELECT ${known} AS known, 0, ${none}, ${none}, 0, count(), 0, 0, countIf(recorded_at >= ${since}) FROM rejects WHERE ${openReject} GROUP BY known
)
WHERE {allowed:Bool}
GROUP BY source
ORDER BY silence_s DESC NULLS LAST, source
LIMIT ${MOST_SOURCES}`,
    params: { at: at.getTime(), minutes, allowed: seesRejects(scope) },
  };
}
