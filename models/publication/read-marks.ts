/** The marks that a publication counted, with reason and approver: the log as of then, which its digest pins. */
import type { Warehouse } from '@hengjian/warehouse';
import { type LiveEvent, readLiveEvents } from '../objections/objection-events.ts';
import { wallTime } from '../scoring/wall-time.ts';
import type { Publication } from './read-chain.ts';

export interface Mark {
  unit: string;
  item: string;
  points: number;
  reason: string;
  approver: string;
}

/** The latest of each unit and item, in their order; voided ones left out. */
export async function readMarks(warehouse: Warehouse, { record, snapshot }: Publication): Promise<Mark[]> {
  const units = new Set(snapshot.units.map(({ unit }) => unit));
  const awarded = await readLiveEvents(warehouse, ['mark.awarded'], {
    recordedBy: wallTime(record.as_of),
    timeUntil: `${snapshot.cutoff} 23:59:59.999999`,
  });
  const latest = new Map<string, Mark>();
  for (const { data } of awarded.sort(byTimeAndId)) {
    const mark = { unit: String(data.unit), item: String(data.item) };
    if (data.quarter !== record.quarter || !units.has(mark.unit)) continue;
    const said = { points: Number(data.points), reason: String(data.reason), approver: String(data.approver) };
    latest.set(`${mark.unit}\t${mark.item}`, { ...mark, ...said });
  }
  return [...latest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, mark]) => mark);
}

/** As scores take the latest. */
function byTimeAndId(one: LiveEvent, other: LiveEvent): number {
  const [a, b] = [one, other].map(({ time, id, source }) => `${time}\t${id}\t${source}`);
  return a! < b! ? -1 : 1;
}
