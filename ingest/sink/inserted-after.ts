/**
 * What was inserted into `events` since a moment, told by the engine's own block numbers: a part is named
 * PARTITION_FIRST_LAST_LEVEL, numbers grow with each insert and survive merges. Recording times do not serve: they are
 * those of the writers' clocks, which differ and are set.
 */
import type { Params, Warehouse } from '@hengjian/warehouse';

/** Partition of the table → highest block number. */
export type NewestBlocks = ReadonlyMap<string, number>;

/** A condition on `events`. */
export interface Inserted {
  condition: string;
  params: Params;
}

/** On a cluster numbers are given out before they are committed, so the last ones may come out of order. */
const MARGIN = 1_000;

export const EVERYTHING: Inserted = { condition: '1', params: {} };

export async function newestBlocks(warehouse: Warehouse): Promise<NewestBlocks> {
  const rows = await warehouse.query<{ partition: string; block: number }>(
    "SELECT partition_id AS partition, max(max_block_number) AS block FROM system.parts WHERE database = currentDatabase() AND table = 'events' AND active GROUP BY partition",
  );
  return new Map(rows.map(({ partition, block }) => [partition, block]));
}

/** Rows inserted after `before` was looked up; all where numbers went back, since the table is another one then. */
export function insertedAfter(before: NewestBlocks, now: NewestBlocks): Inserted {
  const partitions = [...before.keys()];
  if (partitions.some((partition) => (now.get(partition) ?? -1) < before.get(partition)!)) return EVERYTHING;
  return {
    condition:
      "toInt64OrZero(splitByChar('_', _part)[3]) > transform(_partition_id, {partitions:Array(String)}, {blocks:Array(Int64)}, toInt64(-1))",
    params: { partitions, blocks: partitions.map((partition) => before.get(partition)! - MARGIN) },
  };
}
