/**
 * What the warehouse has of a topic. It is the offset store: every record leaves exactly one row (an event, a duplicate,
 * a reject, or its copy in another partition), with its partition and offset.
 */
import type { Warehouse } from '@hengjian/warehouse';

const FROM_TOPIC = "origin_kind = 'kafka' AND origin = {topic:String}";

export interface StoredHeight {
  /** The highest stored offset below the end of the log; -1 if none. */
  highest: number;
  /** There are rows at or beyond the end: of a topic of the same name that is no more. */
  beyond: boolean;
}

/**
 * How far each partition is stored, by the rows; partitions without rows are absent.
 * @param ends the next offset of each partition in the log, asked after all that is to be found was stored
 */
export async function storedHeights(
  warehouse: Warehouse,
  topic: string,
  ends: ReadonlyMap<number, number>,
): Promise<Map<number, StoredHeight>> {
  // What a producer claims of where a record was first may be made up; beyond the end it says nothing.
  const of = (table: string, part: string, pos: string, where: string) => {
    const end = `transform(${part}, {parts:Array(Int32)}, {ends:Array(UInt64)}, toUInt64(0))`;
    return `SELECT ${part} AS of_part, toInt64(maxIf(${pos} + 1, ${pos} < ${end})) - 1 AS top, countIf(${pos} >= ${end}) AS above
     FROM ${table} WHERE ${where} AND ${part} IN {parts:Array(Int32)} GROUP BY of_part`;
  };
  const stored = ['events', 'duplicates', 'rejects'].map((table) => of(table, 'origin_part', 'origin_pos', FROM_TOPIC));
  const rerouted = of('forwarded_records', 'from_part', 'from_pos', 'topic = {topic:String}');
  const rows = await warehouse.query<{ part: number; highest: number; beyond: number }>(
    `SELECT of_part AS part, max(top) AS highest, sum(above) AS beyond FROM (
      ${stored.join(' UNION ALL ')} UNION ALL SELECT of_part, top, 0 FROM (${rerouted})
    ) GROUP BY part`,
    { topic, parts: [...ends.keys()], ends: [...ends.values()] },
  );
  return new Map(rows.map(({ part, highest, beyond }) => [part, { highest, beyond: beyond > 0 }]));
}

/**
 * Up to which offset of each partition a warehouse has every row, also one whose tables were copied one after the other
 * by a backup: -1 where that is not known. Rows of a partition come into each table in the order of their offsets, so what
 * a table lacks lies above the highest offset that it has; the least of the tables is safe. A copy that was rerouted is
 * noted when it arrives, so its note counts for where it arrived. Rows beyond the end are of a topic of the same name that
 * is no more: then nothing is known.
 * @param ends the next offset of each partition in the log
 */
export async function completeHeights(
  warehouse: Warehouse,
  topic: string,
  ends: ReadonlyMap<number, number>,
): Promise<Map<number, number>> {
  const of = (table: string, part: string, pos: string, where: string) =>
    `SELECT ${part} AS of_part, toInt64(max(${pos})) AS top FROM ${table}
     WHERE ${where} AND ${part} IN {parts:Array(Int32)} GROUP BY of_part`;
  const tables = ['events', 'duplicates', 'rejects'].map((table) => of(table, 'origin_part', 'origin_pos', FROM_TOPIC));
  tables.push(of('forwarded_records', 'part', 'pos', 'topic = {topic:String}'));
  const rows = await warehouse.query<{ part: number; least: number; most: number }>(
    `SELECT of_part AS part, min(top) AS least, max(top) AS most FROM (${tables.join(' UNION ALL ')})
     GROUP BY part HAVING count() = {tables:UInt8}`,
    { topic, parts: [...ends.keys()], tables: tables.length },
  );
  const known = new Map(rows.map((row) => [row.part, row]));
  return new Map(
    [...ends].map(([part, end]) => {
      const { least, most } = known.get(part) ?? { least: -1, most: -1 };
      return [part, most < end ? least : -1];
    }),
  );
}

/** Offsets of one partition whose rows are stored. */
export interface StoredRecords {
  /**
   * What is stored of an offset: SOURCE#ID of events and duplicates, reject_id of rejects. More than one where the topic
   * was created anew: its offsets start over.
   */
  byOffset: Map<number, Set<string>>;
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
  const rows = await warehouse.query<{ pos: number; name: string }>(
    `SELECT origin_pos AS pos, concat(source, '#', id) AS name FROM events WHERE ${range}
     UNION ALL SELECT origin_pos AS pos, concat(source, '#', id) AS name FROM duplicates WHERE ${range}
     UNION ALL SELECT origin_pos AS pos, toString(reject_id) AS name FROM rejects WHERE ${range}`,
    { topic, part, first, last },
  );
  const byOffset = new Map<number, Set<string>>();
  for (const { pos, name } of rows) byOffset.set(pos, (byOffset.get(pos) ?? new Set()).add(name));
  return { byOffset };
}

/** The latest recording time, µs since 1970; 0 for an empty warehouse. */
export async function latestRecorded(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ latest: number }>(
    'SELECT max(micros) AS latest FROM (SELECT toUnixTimestamp64Micro(max(recorded_at)) AS micros FROM events UNION ALL SELECT toUnixTimestamp64Micro(max(recorded_at)) FROM duplicates UNION ALL SELECT toUnixTimestamp64Micro(max(recorded_at)) FROM rejects)',
  );
  return Math.max(0, row?.latest ?? 0);
}
