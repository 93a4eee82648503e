import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { momentOf } from '../publication/moment.ts';
import { scopeCondition } from './scope-condition.ts';

export interface SentReminder {
  unit: string;
  push_id: string;
  /** `before`, `on`, `after`; what other systems call it where they sent it. */
  level: string;
  /** `claim` or `feedback`; empty where another system reminded. */
  step: string;
  /** YYYY-MM-DD, or empty. */
  due: string;
  /** RFC 3339 */
  time: string;
}

/** Newest first. @param since local day */
export async function readReminders(
  warehouse: Warehouse,
  scope: Scope,
  since: string,
  limit: number,
): Promise<SentReminder[]> {
  const visible = scopeCondition(scope, 'desk', { unit: 'e.department' });
  const rows = await warehouse.query<SentReminder>(
    `SELECT toString(e.department) AS unit, JSONExtractString(e.facts, 'push_id') AS push_id, JSONExtractString(e.facts, 'level') AS level,
       JSONExtractString(e.facts, 'step') AS step, JSONExtractString(e.facts, 'due') AS due, toString(e.time) AS time
     FROM ${READABLE_EVENTS} AS e WHERE e.type = 'push.reminded' AND ${visible.sql} AND e.time >= toDateTime64({since:String}, 6, 'Asia/Shanghai')
     ORDER BY e.time DESC, e.id LIMIT {limit:UInt32}`,
    { ...visible.params, since, limit },
  );
  return rows.map((row) => ({ ...row, time: momentOf(row.time) }));
}
