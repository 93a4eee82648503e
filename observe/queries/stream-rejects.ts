import type { Scope } from '@hengjian/contract/scope.ts';
import type { Statement } from '@hengjian/models/queries/statement.ts';
import { seesRejects } from './stream-access.ts';

/** Refused events that were sent through again or closed leave the open list; their bytes stay. */
export const openReject = 'reject_id NOT IN (SELECT reject_id FROM reject_replays)';

export interface RejectReason {
  reason: string;
  /** Still to be corrected or closed. */
  open: number;
  /** All, ever. */
  rejects: number;
  /** Recording time of the latest one, ISO 8601 UTC. */
  last_recorded: string;
}

/** Refused events by reason, those with most open ones first. */
export function rejectReasons(scope: Scope): Statement<RejectReason> {
  return {
    sql: `SELECT CAST(reason AS String) AS reason, toUInt32(countIf(${openReject})) AS open, toUInt32(count()) AS rejects,
       formatDateTime(toTimeZone(max(recorded_at), 'UTC'), '%Y-%m-%dT%H:%i:%SZ') AS last_recorded
FROM rejects WHERE {allowed:Bool}
GROUP BY reason ORDER BY open DESC, rejects DESC, reason`,
    params: { allowed: seesRejects(scope) },
  };
}

export interface RejectedEvent {
  reject_id: string;
  recorded: string;
  reason: string;
  detail: string;
  source: string;
  id: string;
  type: string;
  /** What arrived, cut to 4,000 bytes; may be any bytes. `size` is the full length. */
  bytes: string;
  size: number;
  origin_kind: string;
  origin: string;
  origin_part: number;
  origin_pos: number;
}

/** The latest open refused events, of one reason or of all ('' = all). */
export function latestRejects(
  scope: Scope,
  { reason, limit, offset }: { reason: string; limit: number; offset: number },
): Statement<RejectedEvent> {
  return {
    sql: `SELECT toString(reject_id) AS reject_id,
       formatDateTime(toTimeZone(recorded_at, 'UTC'), '%Y-%m-%dT%H:%i:%SZ') AS recorded,
       CAST(reason AS String) AS reason, detail, source, id, type,
       toValidUTF8(substring(bytes, 1, 4000)) AS bytes, toFloat64(size) AS size,
       CAST(origin_kind AS String) AS origin_kind, CAST(origin AS String) AS origin, origin_part, toFloat64(origin_pos) AS origin_pos
FROM rejects
WHERE {allowed:Bool} AND ${openReject} AND ({reason:String} = '' OR reason = {reason:String})
ORDER BY recorded_at DESC, reject_id
LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
    params: { allowed: seesRejects(scope), reason, limit, offset },
  };
}
