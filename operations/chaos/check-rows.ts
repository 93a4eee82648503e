import type { TopicBooks } from '@hengjian/ingest/stream/worker/testing/read-topic.ts';
import type { Warehouse } from '@hengjian/warehouse';

export interface StoredRows {
  events: number;
  duplicates: number;
  rejects: number;
}

/** What of the rows does not balance with what the topic holds, a sentence each. */
export async function checkRows(warehouse: Warehouse, books: TopicBooks, stored: StoredRows): Promise<string[]> {
  const differences: string[] = [];
  for (const name of ['events', 'duplicates', 'rejects'] as const)
    if (stored[name] !== books[name]) differences.push(`${name}: ${stored[name]} stored, ${books[name]} in the topic`);
  const [rows] = await warehouse.query<{ doubled: number }>(
    `SELECT count() - uniqExact(origin_part, origin_pos) AS doubled FROM (
      SELECT origin_part, origin_pos FROM events UNION ALL SELECT origin_part, origin_pos FROM duplicates
      UNION ALL SELECT origin_part, origin_pos FROM rejects)`,
  );
  if (rows!.doubled > 0) differences.push(`${rows!.doubled} records left more than one row`);
  return differences;
}
