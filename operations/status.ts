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
    'SELECT (SELECT count() FROM rejects WHERE reject_id NOT IN (SELECT reject_id FROM reject_replays)) AS rejected, (SELECT count() FROM duplicates) AS duplicates',
  );
  const refresh = await readRefreshState(warehouse);
  const [behind] = refresh.refreshed_at
    ? await warehouse.query<{ n: number }>(
        'SELECT count() AS n FROM events WHERE recorded_at > parseDateTime64BestEffort({at:String}, 6)',
        { at: refresh.refreshed_at },
      )
    : [{ n: types.reduce((sum, row) => sum + row.n, 0) }];
  const quarters = await listQuarters(warehouse, {
    account: 'command line',
    roles: ['auditor'],
    units: 'all',
    areas: 'all',
  });
  return {
    events: types.reduce((sum, row) => sum + row.n, 0),
    rejected: counts?.rejected ?? 0,
    duplicates: counts?.duplicates ?? 0,
    by_type: Object.fromEntries(types.map((row) => [row.type, row.n])),
    lag: behind?.n ?? 0,
    refreshed_at: refresh.refreshed_at,
    quarters: quarters.map((row) => row.quarter).sort(),
    engine: warehouse.engine,
  };
}
