import type { Warehouse } from '@hengjian/warehouse';
import type { CountStored } from './internal-routes.ts';

export const countStoredIn =
  (warehouse: Warehouse): CountStored =>
  async (lines) => {
    const [row] = await warehouse.query<{ n: number }>(
      `SELECT count() AS n FROM events
      WHERE recorded_at >= fromUnixTimestamp64Micro({since:Int64}) AND origin_kind = {kind:String} AND origin = {name:String}
        AND origin_pos BETWEEN {first:UInt64} AND {last:UInt64}`,
      { ...lines },
    );
    return row!.n;
  };
