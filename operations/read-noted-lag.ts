import type { Warehouse } from '@hengjian/warehouse';

/**
 * Records that were in the log and not stored when the brokers were last asked: what is known of the lag while they do
 * not answer. Rather too little than 0, which would look like health.
 */
export async function readNotedLag(warehouse: Warehouse, topic: string): Promise<number> {
  const [row] = await warehouse.query<{ lag: number }>(
    `SELECT toFloat64(sum(newest - least(newest, greatest(have, oldest)))) AS lag
     FROM (SELECT argMax(log_start, noted_at) AS oldest, argMax(log_end, noted_at) AS newest, argMax(stored, noted_at) AS have
           FROM log_notes WHERE topic = {topic:String} GROUP BY part)`,
    { topic },
  );
  return row?.lag ?? 0;
}
