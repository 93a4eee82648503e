import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { readVoids } from './read-voids.ts';

export interface MarkedItem {
  quarter: string;
  unit: string;
  item: string;
}

/** The last moment of a day counts too. */
const CEILING = 59_999_999;
const SECOND = 1_000_000;

/**
 * At which moment a mark stands that is entered after the cut-off: in the last minute of that day, after every mark that stands there
 * already, whichever door it came by, so that the last one entered counts.
 * @param cutoff RFC 3339 with +08:00, the end of its day
 * @returns RFC 3339; undefined where a mark holds the last microsecond: none can stand after it until it is voided
 */
export async function lateMarkTime(
  warehouse: Warehouse,
  cutoff: string,
  { quarter, unit, item }: MarkedItem,
  now: Date,
): Promise<string | undefined> {
  const day = cutoff.slice(0, 10);
  const stored = await warehouse.query<{ source: string; id: string; micros: number }>(
    `WITH toDateTime64({minute:String}, 6, 'Asia/Shanghai') AS minute
     SELECT toString(e.source) AS source, e.id AS id,
       toInt32(toUnixTimestamp64Micro(e.time) - toUnixTimestamp64Micro(minute)) AS micros
     FROM ${READABLE_EVENTS} AS e
     WHERE e.type = 'mark.awarded' AND e.time >= minute AND e.time < minute + INTERVAL 1 MINUTE
       AND JSONExtractString(e.facts, 'quarter') = {quarter:String} AND JSONExtractString(e.facts, 'unit') = {unit:String}
       AND JSONExtractString(e.facts, 'item') = {item:String}`,
    { minute: `${day} 23:59:00`, quarter, unit, item },
  );
  const last = stored.filter(({ micros }) => micros === CEILING);
  const voids = last.length > 0 ? await readVoids(warehouse, last) : undefined;
  // One that is not delivered yet is not seen here; of each later second the moment is later all the same.
  const elapsed = Math.floor(Math.max(0, now.getTime() - Date.parse(cutoff)) / 1000);
  const after = stored.reduce((most, { micros }) => (micros < CEILING ? Math.max(most, micros + 1) : most), 0);
  const micros = Math.max(after, Math.min(elapsed, CEILING - SECOND));
  if (last.some((one) => !voids?.inForce(one))) return undefined;
  const seconds = String(Math.floor(micros / SECOND)).padStart(2, '0');
  return `${day}T23:59:${seconds}.${String(micros % SECOND).padStart(6, '0')}+08:00`;
}
