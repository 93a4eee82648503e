import type { Scope } from '@hengjian/contract/scope.ts';
import type { Statement } from '@hengjian/models/queries/statement.ts';
import { seesRejects } from './stream-access.ts';
import { openReject } from './stream-rejects.ts';

/** What came one way (a file, a key, a topic), with those of it whose source cannot be read or has never sent a valid event. */
export interface UnreadableRejects {
  origin: string;
  /** All that came that way in the window: stored, come again, refused. */
  n: number;
  /** Of unknown source, refused and still open. */
  rejects: number;
}

/** Ways by which at least `least` rejects of unknown source came in the `minutes` before `at`, those with most first. */
export function unreadableRejects(
  scope: Scope,
  { at, minutes, least }: { at: Date; minutes: number; least: number },
): Statement<UnreadableRejects> {
  // By minutes, as streamSources counts.
  const since = 'toStartOfMinute(fromUnixTimestamp64Milli({at:Int64}) - INTERVAL {minutes:UInt32} MINUTE)';
  const counted = (table: string) =>
    `SELECT origin, count() AS n FROM ${table} WHERE recorded_at >= ${since} AND origin IN (SELECT origin FROM unreadable) GROUP BY origin`;
  return {
    sql: `WITH unreadable AS (
  SELECT CAST(origin AS String) AS origin, count() AS unread FROM rejects
  WHERE recorded_at >= ${since} AND ${openReject} AND source NOT IN (SELECT source FROM events GROUP BY source)
  GROUP BY origin HAVING unread >= {least:UInt32}
)
SELECT origin, toUInt32(sum(n)) AS n, toUInt32(any(unread)) AS rejects
FROM (${['events', 'duplicates', 'rejects'].map(counted).join(' UNION ALL ')}) AS came
INNER JOIN unreadable USING (origin)
WHERE {allowed:Bool}
GROUP BY origin
ORDER BY rejects DESC, origin`,
    params: { at: at.getTime(), minutes, least, allowed: seesRejects(scope) },
  };
}
