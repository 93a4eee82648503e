import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
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
  const rows = await warehouse.query<{ unit: string; time: string; data: string }>(
    `SELECT toString(e.department) AS unit, toString(e.time) AS time, e.data AS data
     FROM events AS e WHERE e.type = 'push.reminded' AND ${visible.sql} AND e.time >= toDateTime64({since:String}, 6, 'Asia/Shanghai')
     ORDER BY e.time DESC, e.id LIMIT {limit:UInt32}`,
    { ...visible.params, since, limit },
  );
  return rows.map(({ unit, time, data }) => {
    // The words of the sender: facts leave out a level that the schema does not know.
    const sent = JSON.parse(data) as Record<string, unknown>;
    const text = (member: string) => (typeof sent[member] === 'string' ? sent[member] : '');
    return {
      ...{ unit, push_id: text('push_id'), level: text('level'), step: text('step'), due: text('due') },
      time: momentOf(time),
    };
  });
}
