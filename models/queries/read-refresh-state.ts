import type { Warehouse } from '@hengjian/warehouse';

/** When the marts were last brought up to date, and by which build; nulls before the first refresh. */
export async function readRefreshState(
  warehouse: Warehouse,
): Promise<{ refreshed_at: string | null; build_id: string | null }> {
  const [row] = await warehouse.query<{ refreshed_at: string; build_id: string }>(
    `SELECT toString(refreshes.refreshed_at) AS refreshed_at, toString(build) AS build_id FROM refreshes WHERE error = '' ORDER BY refreshes.refreshed_at DESC LIMIT 1`,
  );
  return row ?? { refreshed_at: null, build_id: null };
}
