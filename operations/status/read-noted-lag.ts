import type { Warehouse } from '@hengjian/warehouse';

export interface NotedLag {
  lag: number;
  /** When the brokers were last asked, RFC 3339; null if nobody noted it within 30 days. */
  noted_at: string | null;
}

/**
 * Records that were in the log and not stored when the brokers were last asked: what is known of the lag while they do
 * not answer. Rather too little than 0, which would look like health.
 */
export async function readNotedLag(warehouse: Warehouse, topic: string): Promise<NotedLag> {
  const [row] = await warehouse.query<NotedLag>(
    `SELECT toFloat64(sum(newest - least(newest, greatest(have, oldest)))) AS lag,
       if(count() = 0, NULL, formatDateTime(max(noted), '%Y-%m-%dT%H:%i:%S+08:00')) AS noted_at
     FROM (SELECT max(log_notes.noted_at) AS noted, argMax(log_start, log_notes.noted_at) AS oldest,
             argMax(log_end, log_notes.noted_at) AS newest, argMax(stored, log_notes.noted_at) AS have
           FROM log_notes WHERE topic = {topic:String} GROUP BY part)`,
    { topic },
  );
  return row ?? { lag: 0, noted_at: null };
}
