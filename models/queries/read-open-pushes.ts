/** Pushes that wait for their unit, as the log stands now: what was claimed a moment ago is claimed. */
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { scopeCondition } from './scope-condition.ts';

export interface OpenPush {
  unit: string;
  pushId: string;
  /** USCC. */
  subject: string;
  /** As pushed; empty where the registry did not say it. */
  name: string;
  matters: string[];
  pushedOn: string;
  /** Local wall time of the first claim; null while unclaimed. */
  claimedAt: string | null;
  /** Returned, and the return not confirmed: it stays due. */
  returned: boolean;
  /** Day of the decision, from a licence that names the push. */
  decidedOn: string | null;
}

export interface OpenPushFilter {
  ruleset: string;
  buckets: readonly string[];
  /** Local day of the push from which on. */
  since: string;
  limit: number;
  /** Only these. */
  pushIds?: readonly string[];
}

/**
 * Neither voided nor returned with confirmation, and unclaimed or without an outcome; unclaimed ones first, the oldest
 * first. What was voided is taken from the last refresh. Empty before the first one.
 */
export async function readOpenPushes(
  warehouse: Warehouse,
  scope: Scope,
  { ruleset, buckets, since, limit, pushIds }: OpenPushFilter,
): Promise<OpenPush[]> {
  const visible = scopeCondition(scope, 'unit_entries', { unit: 'e.department' });
  const params = { ...visible.params, ruleset, buckets, since, limit, ...(pushIds ? { pushIds } : {}) };
  try {
    const rows = await warehouse.query<Omit<OpenPush, 'returned'> & { returned: number }>(
      `WITH
         voided AS (
           SELECT source, id FROM int_voided_events
           WHERE ruleset = {ruleset:String} AND quarter = (SELECT max(quarter) FROM builds WHERE ruleset = {ruleset:String})
         ),
         pushes AS (
           SELECT toString(e.department) AS unit, e.push_id AS push_id, e.subject AS subject, e.time AS time,
             JSONExtractString(e.facts, 'name') AS name, JSONExtract(e.facts, 'matters', 'Array(String)') AS matters
           FROM ${READABLE_EVENTS} AS e
           WHERE e.type = 'registration.pushed' AND e.bucket IN {buckets:Array(String)} AND ${visible.sql}
             AND e.time >= toDateTime64({since:String}, 6, 'Asia/Shanghai') ${pushIds ? 'AND has({pushIds:Array(String)}, e.push_id)' : ''}
             AND (toString(e.source), e.id) NOT IN (SELECT source, id FROM voided)
           ORDER BY e.time, e.id, e.source LIMIT 1 BY unit, push_id
         ),
         states AS (
           SELECT e.push_id AS push_id,
             countIf(e.type IN ('push.voided', 'push.return_confirmed')) > 0 AS gone, countIf(e.type = 'push.returned') > 0 AS returned,
             minOrNullIf(e.time, e.type = 'push.claimed') AS claimed_at, countIf(e.type = 'push.outcome_fed_back') > 0 AS fed_back,
             argMinIf(e.decided_on, (e.time, e.id, e.source), e.type = 'licence.entered') AS decided
           FROM ${READABLE_EVENTS} AS e
           WHERE e.type IN ('push.claimed', 'push.returned', 'push.return_confirmed', 'push.voided', 'push.outcome_fed_back', 'licence.entered')
             AND e.push_id IN (SELECT push_id FROM pushes) AND (toString(e.source), e.id) NOT IN (SELECT source, id FROM voided)
           GROUP BY push_id
         )
       SELECT p.unit AS unit, p.push_id AS pushId, p.subject AS subject, p.name AS name, p.matters AS matters, toString(toDate32(p.time)) AS pushedOn,
         toString(s.claimed_at) AS claimedAt, ifNull(s.returned, 0) AS returned,
         if(s.decided > toDate32('1970-01-01') AND s.decided < toDate32('2299-12-31'), toString(s.decided), NULL) AS decidedOn
       FROM pushes AS p LEFT JOIN states AS s ON s.push_id = p.push_id
       WHERE ifNull(s.gone, 0) = 0 AND (s.claimed_at IS NULL OR ifNull(s.fed_back, 0) = 0)
       ORDER BY s.claimed_at IS NOT NULL, p.time, p.push_id LIMIT {limit:UInt32}`,
      params,
      { join_use_nulls: 1 },
    );
    return rows.map((row) => ({ ...row, returned: Boolean(row.returned) }));
  } catch (error) {
    // Before the first refresh there are no models yet.
    if ((error as { type?: string }).type === 'UNKNOWN_TABLE') return [];
    throw error;
  }
}
