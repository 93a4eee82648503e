/** `hengjian status`: counts, lag and engine; the figures of contract §3. */
import { listQuarters, readRefreshState } from '@hengjian/models';
import type { Warehouse } from '@hengjian/warehouse';

export interface Status {
  events: number;
  rejected: number;
  duplicates: number;
  by_type: Record<string, number>;
  /** Events stored that the marts do not show yet. */
  lag: number;
  refreshed_at: string | null;
  quarters: string[];
  engine: string;
}

export async function readStatus(warehouse: Warehouse): Promise<Status> {
  const types = await warehouse.query<{ type: string; n: number }>(
    'SELECT type, count() AS n FROM events GROUP BY type ORDER BY n DESC, type',
  );
  const [counts] = await warehouse.query<{ rejected: number; duplicates: number }>(
    'SELECT (SELECT uniqExact(reject_id) FROM rejects WHERE reject_id NOT IN (SELECT reject_id FROM reject_replays)) AS rejected, (SELECT count() FROM duplicates) AS duplicates',
  );
  const refresh = await readRefreshState(warehouse);
  const events = types.reduce((sum, row) => sum + row.n, 0);
  const [shown] = await warehouse.query<{ n: number }>(
    "SELECT events AS n FROM refreshes WHERE error = '' ORDER BY refreshes.refreshed_at DESC LIMIT 1",
  );
  const quarters = await listQuarters(warehouse, {
    account: 'command line',
    roles: ['auditor'],
    units: 'all',
    areas: 'all',
  });
  return {
    events,
    rejected: counts?.rejected ?? 0,
    duplicates: counts?.duplicates ?? 0,
    by_type: Object.fromEntries(types.map((row) => [row.type, row.n])),
    lag: Math.max(0, events - (shown?.n ?? 0)),
    refreshed_at: refresh.refreshed_at && rfc3339(refresh.refreshed_at),
    quarters: quarters.map((row) => row.quarter).sort(),
    engine: warehouse.engine,
  };
}

/** `2026-07-09 12:00:00.123000`, wall time of Asia/Shanghai, as RFC 3339. */
const rfc3339 = (wallTime: string): string =>
  /[+Z]/.test(wallTime) ? wallTime : `${wallTime.replace(' ', 'T').slice(0, 23)}+08:00`;
