/**
 * What the warehouse has of a topic. It is the offset store: every record leaves exactly one row (an event, a duplicate,
 * a reject, or its copy in another partition), with its partition and offset.
 */
import type { Warehouse } from '@hengjian/warehouse';

const FROM_TOPIC = "origin_kind = 'kafka' AND origin = {topic:String}";

/** The highest stored offset of each partition; partitions without rows are absent. */
export async function highestStored(
  warehouse: Warehouse,
  topic: string,
  parts: readonly number[],
): Promise<Map<number, number>> {
  const of = (table: string) =>
    `SELECT origin_part AS part, max(origin_pos) AS pos FROM ${table} WHERE ${FROM_TOPIC} AND origin_part IN {parts:Array(Int32)} GROUP BY part`;
  const rows = await warehouse.query<{ part: number; highest: number }>(
    `SELECT part, max(pos) AS highest FROM (
      ${of('events')} UNION ALL ${of('duplicates')} UNION ALL ${of('rejects')}
      UNION ALL SELECT from_part AS part, max(from_pos) AS pos FROM forwarded_records
        WHERE topic = {topic:String} AND from_part IN {parts:Array(Int32)} GROUP BY part
    ) GROUP BY part`,
    { topic, parts: [...parts] },
  );
  return new Map(rows.map(({ part, highest }) => [part, highest]));
}

/** Offsets of one partition whose rows are stored. */
export interface StoredRecords {
  /** offset → SOURCE#ID of the event, or undefined for a reject. */
  byOffset: Map<number, string | undefined>;
}

/** The records between two offsets (both included) that are stored. */
export async function storedBetween(
  warehouse: Warehouse,
  topic: string,
  part: number,
  first: number,
  last: number,
): Promise<StoredRecords> {
  const range = `${FROM_TOPIC} AND origin_part = {part:Int32} AND origin_pos BETWEEN {first:UInt64} AND {last:UInt64}`;
  const rows = await warehouse.query<{ pos: number; key: string | null }>(
    `SELECT origin_pos AS pos, concat(source, '#', id)::Nullable(String) AS key FROM events WHERE ${range}
     UNION ALL SELECT origin_pos AS pos, concat(source, '#', id)::Nullable(String) AS key FROM duplicates WHERE ${range}
     UNION ALL SELECT origin_pos AS pos, CAST(NULL, 'Nullable(String)') AS key FROM rejects WHERE ${range}`,
    { topic, part, first, last },
  );
  return { byOffset: new Map(rows.map(({ pos, key }) => [pos, key ?? undefined])) };
}

/** The latest recording time, µs since 1970; 0 for an empty warehouse. */
export async function latestRecorded(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ latest: number }>(
    'SELECT max(micros) AS latest FROM (SELECT toUnixTimestamp64Micro(max(recorded_at)) AS micros FROM events UNION ALL SELECT toUnixTimestamp64Micro(max(recorded_at)) FROM duplicates UNION ALL SELECT toUnixTimestamp64Micro(max(recorded_at)) FROM rejects)',
  );
  return Math.max(0, row?.latest ?? 0);
}
