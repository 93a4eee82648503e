/**
 * What was inserted into `events` since a moment, told by the engine's own block numbers: a part is named
 * PARTITION_FIRST_LAST_LEVEL, numbers grow with each insert and survive merges. Recording times do not serve: they are
 * those of the writers' clocks, which differ and are set.
 */
import type { Params, Warehouse } from '@hengjian/warehouse';

export interface NewestBlocks {
  /** UUID of the table; after a restore it is another one. */
  table: string;
  /** Partition of the table → highest block number. */
  blocks: ReadonlyMap<string, number>;
}

/** A condition on `events`. */
export interface Inserted {
  condition: string;
  params: Params;
}

/** On a cluster numbers are given out before they are committed, so the last ones may come out of order. */
const MARGIN = 1_000;

export const EVERYTHING: Inserted = { condition: '1', params: {} };

export async function newestBlocks(warehouse: Warehouse): Promise<NewestBlocks> {
  const rows = await warehouse.query<{ uuid: string; partition: string; block: number }>(
    `SELECT toString(uuid) AS uuid, partition, block FROM system.tables LEFT JOIN (
      SELECT table AS name, partition_id AS partition, max(max_block_number) AS block FROM system.parts
      WHERE database = currentDatabase() AND table = 'events' AND active GROUP BY table, partition_id
    ) AS newest USING name WHERE database = currentDatabase() AND name = 'events'`,
  );
  const blocks = rows
    .filter(({ partition }) => partition !== '')
    .map(({ partition, block }) => [partition, block] as const);
  return { table: rows[0]?.uuid ?? '', blocks: new Map(blocks) };
}

/** Rows inserted after `before` was looked up; all where the table is another one now, or numbers went back. */
export function insertedAfter(before: NewestBlocks, now: NewestBlocks): Inserted {
  const partitions = [...before.blocks.keys()];
  const wentBack = partitions.some((partition) => (now.blocks.get(partition) ?? -1) < before.blocks.get(partition)!);
  if (wentBack || before.table !== now.table) return EVERYTHING;
  return {
    condition:
      "toInt64OrZero(splitByChar('_', _part)[3]) > transform(_partition_id, {partitions:Array(String)}, {blocks:Array(Int64)}, toInt64(-1))",
    params: { partitions, blocks: partitions.map((partition) => before.blocks.get(partition)! - MARGIN) },
  };
}
