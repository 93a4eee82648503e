/**
 * Records that foreign producers put into another partition than the one of their key are rerouted to it, so that one
 * worker sees all copies of an event. A worker that dies between rerouting and committing reroutes again; the second
 * copy names the same first origin, has the same bytes and is left out, not counted as a duplicate. The bytes count because
 * a foreign producer may send the header too: what differs is never a copy.
 */
import { createHash } from 'node:crypto';
import type { InsertGuard, Warehouse } from '@hengjian/warehouse';
import type { KafkaMessage } from 'kafkajs';
import { type FirstOrigin, reroutedFrom } from '../log/record-headers.ts';

export interface ReroutedRecord extends FirstOrigin {
  /** Offset of the copy. */
  copy: number;
  value: Uint8Array;
}

/** Those of a batch that another worker, or a foreign producer, calls copies. */
export function copiesIn(messages: readonly KafkaMessage[]): ReroutedRecord[] {
  return messages.flatMap(({ headers, offset, value }) => {
    const origin = reroutedFrom(headers);
    return origin ? [{ ...origin, copy: Number(offset), value: value ?? Buffer.alloc(0) }] : [];
  });
}

/** Of rows that were noted before values were. */
const UNKNOWN = '0';

/** As `forwarded_records.value_hash` has it, in decimal. */
const hashOf = (value: Uint8Array): string => createHash('sha256').update(value).digest().readBigUInt64BE().toString();

const nameOf = ({ part, pos, time }: FirstOrigin, hash: string) => `${part}/${pos}/${time}/${hash}`;

/**
 * Notes the copies that arrived in `part` and tells which of them are second copies.
 * @returns offsets of copies to be left out
 */
export async function noteRerouted(
  warehouse: Warehouse,
  topic: string,
  part: number,
  records: readonly ReroutedRecord[],
  guard: InsertGuard,
): Promise<Set<number>> {
  const again = new Set<number>();
  if (records.length === 0) return again;
  const noted = new Map<string, string>();
  for (const { from_part, from_pos, from_time, hash, part, pos } of await known(warehouse, topic, records))
    noted.set(nameOf({ part: from_part, pos: from_pos, time: from_time }, hash), `${part}/${pos}`);
  const fresh: object[] = [];
  const copies: number[] = [];
  for (const record of records) {
    const hash = hashOf(record.value);
    const name = nameOf(record, hash);
    const here = `${part}/${record.copy}`;
    const first = noted.get(name) ?? noted.get(nameOf(record, UNKNOWN));
    if (first === undefined) {
      noted.set(name, here);
      const { part: from_part, pos: from_pos, time: from_time, copy } = record;
      fresh.push({ topic, from_part, from_pos, from_time, value_hash: hash, part, pos: copy });
      copies.push(copy);
    } else if (first !== here) again.add(record.copy);
  }
  if (fresh.length > 0) {
    await warehouse.insert('forwarded_records', fresh, {
      // Boundaries of a repetition may differ, rows of one attempt do not.
      token: `${guard.comment}/${topic}/${part}/${copies[0]}-${copies.at(-1)}`,
    });
  }
  return again;
}

interface Noted {
  from_part: number;
  from_pos: number;
  from_time: number;
  hash: string;
  part: number;
  pos: number;
}

function known(warehouse: Warehouse, topic: string, records: readonly ReroutedRecord[]): Promise<Noted[]> {
  const ranges = new Map<number, { least: number; most: number }>();
  for (const { part, pos } of records) {
    const range = ranges.get(part);
    ranges.set(part, { least: Math.min(pos, range?.least ?? pos), most: Math.max(pos, range?.most ?? pos) });
  }
  const parts = [...ranges.keys()];
  return warehouse.query<Noted>(
    `SELECT from_part, from_pos, from_time, toString(value_hash) AS hash, part, pos FROM forwarded_records
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
