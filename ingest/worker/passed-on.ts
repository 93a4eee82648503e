/**
 * Records that foreign producers put into another partition than the one of their key are passed on to it, so that one
 * worker sees all copies of an event. A worker that dies between passing on and committing passes on again; the second
 * copy names the same first origin and is left out, not counted as a duplicate.
 */
import type { InsertGuard, Warehouse } from '@hengjian/warehouse';
import type { FirstOrigin } from '../log/record-headers.ts';

export interface PassedOnRecord extends FirstOrigin {
  /** Offset of the copy. */
  copy: number;
}

const nameOf = ({ part, pos, time }: FirstOrigin) => `${part}/${pos}/${time}`;

/**
 * Notes the copies that arrived in `part` and tells which of them are second copies.
 * @returns offsets of copies to be left out
 */
export async function notePassedOn(
  warehouse: Warehouse,
  topic: string,
  part: number,
  records: readonly PassedOnRecord[],
  guard: InsertGuard,
): Promise<Set<number>> {
  const again = new Set<number>();
  if (records.length === 0) return again;
  const noted = new Map<string, string>();
  for (const row of await known(warehouse, topic, records))
    noted.set(nameOf({ part: row.from_part, pos: row.from_pos, time: row.from_time }), `${row.part}/${row.pos}`);
  const fresh: PassedOnRecord[] = [];
  for (const record of records) {
    const name = nameOf(record);
    const here = `${part}/${record.copy}`;
    const first = noted.get(name);
    if (first === undefined) {
      noted.set(name, here);
      fresh.push(record);
    } else if (first !== here) again.add(record.copy);
  }
  if (fresh.length > 0) {
    await warehouse.insert(
      'forwarded_records',
      fresh.map(({ part: from_part, pos: from_pos, time: from_time, copy }) => ({
        topic,
        from_part,
        from_pos,
        from_time,
        part,
        pos: copy,
      })),
      // Boundaries of a repetition may differ, rows of one attempt do not.
      { token: `${guard.comment}/${topic}/${part}/${fresh[0]!.copy}-${fresh.at(-1)!.copy}` },
    );
  }
  return again;
}

interface Noted {
  from_part: number;
  from_pos: number;
  from_time: number;
  part: number;
  pos: number;
}

function known(warehouse: Warehouse, topic: string, records: readonly PassedOnRecord[]): Promise<Noted[]> {
  const ranges = new Map<number, { least: number; most: number }>();
  for (const { part, pos } of records) {
    const range = ranges.get(part);
    ranges.set(part, { least: Math.min(pos, range?.least ?? pos), most: Math.max(pos, range?.most ?? pos) });
  }
  const parts = [...ranges.keys()];
  return warehouse.query<Noted>(
    `SELECT from_part, from_pos, from_time, part, pos FROM forwarded_records
     WHERE topic = {topic:String} AND from_part IN {parts:Array(Int32)}
       AND from_pos >= transform(from_part, {parts:Array(Int32)}, {least:Array(UInt64)}, toUInt64(0))
       AND from_pos <= transform(from_part, {parts:Array(Int32)}, {most:Array(UInt64)}, toUInt64(0))
     ORDER BY recorded_at DESC, pos DESC`,
    {
      topic,
      parts,
      least: parts.map((part) => ranges.get(part)!.least),
      most: parts.map((part) => ranges.get(part)!.most),
    },
  );
}
