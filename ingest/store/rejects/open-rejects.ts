/** The refused events that have not gone through since, oldest first. The same bytes from the same place are one. */
import type { Origin } from '@hengjian/contract/event-writer.ts';
import { NOT_THERE_YET } from '@hengjian/contract/reasons.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { NO_REQUEST } from '../origin.ts';

export interface Reject {
  reject_id: string;
  recorded_at: string;
  reason: string;
  detail: string;
  source: string;
  id: string;
  type: string;
  /** Where it came from: file:line, request and index, or topic/partition/offset. */
  origin: string;
  /** Whose rights it came with: how, and the name of the key, file or topic. */
  from: RejectSender;
  /** Of the whole event; `bytes` may be only its head. */
  size: number;
  bytes: Buffer;
}

export interface RejectSender {
  kind: Origin['kind'];
  name: string;
  /** Over the log, from an edge: which key it was that sent it is not kept there. */
  through_edge: boolean;
  /** When it was refused, in microseconds since 1970: its key may have had other rights then. */
  refused_at: number;
}

export interface RejectSelection {
  reason?: string | undefined;
  /** How what `origin` says begins. */
  origin?: string | undefined;
  ids?: readonly string[] | undefined;
  limit?: number | undefined;
}

type Row = Omit<Reject, 'bytes' | 'from' | 'origin'> & {
  shown_origin: string;
  kind: RejectSender['kind'];
  sender: string;
  through_edge: boolean;
  base64: string;
  same: string;
  micros: number;
  part: number;
  position: number;
};

const PAGE = 100;
/** As people read it. */
const ORIGIN = `multiIf(origin_kind = 'http', concat('request ', toString(request), ' [', toString(origin_pos), '] of key ', rejects.origin),
          origin_kind = 'kafka', concat(rejects.origin, '/', toString(origin_part), '/', toString(origin_pos)),
          concat(rejects.origin, ':', toString(origin_pos)))`;
/** Only an edge gives a request to what it puts into the log. */
const THROUGH_EDGE = `toBool(origin_kind = 'kafka' AND request != toUUID('${NO_REQUEST}'))`;
const OPEN = 'reject_id NOT IN (SELECT reject_id FROM reject_replays)';
/** Rows of tables, and events that tables brought: a table is imported again each week, with the same faults in other rows. */
const FROM_TABLE = `(startsWith(bytes, '{"table":{') OR position(bytes, '"data":{"layout":"') > 0)`;
/** What is one and the same fault, wherever it stands. */
const SAME = `if(${FROM_TABLE}, concat(reason, ' ', hex(sipHash128(bytes))), toString(reject_id))`;

export async function* openRejects(
  warehouse: Warehouse,
  { reason = '', origin = '', ids, limit = Number.POSITIVE_INFINITY }: RejectSelection = {},
): AsyncGenerator<Reject> {
  const seen = new Set<string>();
  let after = { micros: 0, part: 0, position: 0, reject_id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const rows: Row[] = await warehouse.query<Row>(
      `SELECT reject_id, toString(recorded_at) AS recorded_at, toUnixTimestamp64Micro(rejects.recorded_at) AS micros, origin_part AS part, origin_pos AS position,
        reason, detail, source, id, type, size, base64Encode(bytes) AS base64, origin_kind AS kind, rejects.origin AS sender, ${THROUGH_EDGE} AS through_edge, ${SAME} AS same,
        ${ORIGIN} AS shown_origin
      FROM rejects
      WHERE (rejects.recorded_at, origin_part, origin_pos, reject_id) > (fromUnixTimestamp64Micro({micros:Int64}), {part:Int32}, {position:UInt64}, {reject_id:UUID}) AND ${OPEN}
        AND ({reason:String} = '' OR reason = {reason:String})
        AND ({origin:String} = '' OR startsWith(${ORIGIN}, {origin:String}))
        AND ({every:Bool} OR reject_id IN {ids:Array(UUID)})
      ORDER BY rejects.recorded_at, origin_part, origin_pos, reject_id LIMIT {page:UInt32}`,
      { ...after, reason, origin, every: ids === undefined, ids: ids ?? [], page: PAGE },
    );
    for (const { base64, same, micros, part, position, kind, sender, through_edge, shown_origin, ...reject } of rows) {
      after = { micros, part, position, reject_id: reject.reject_id };
      if (seen.has(same)) continue;
      seen.add(same);
      const from = { kind, name: sender, through_edge, refused_at: micros };
      yield { ...reject, origin: shown_origin, from, bytes: Buffer.from(base64, 'base64') };
      if (seen.size >= limit) return;
    }
    if (rows.length < PAGE) return;
  }
}

export function countOpenRejects(warehouse: Warehouse): Promise<{ reason: string; n: number }[]> {
  return warehouse.query(
    `SELECT reason, uniqExact(${SAME}) AS n FROM rejects WHERE ${OPEN} GROUP BY reason ORDER BY n DESC, reason`,
  );
}

/** Those that came ahead of the push, task or other thing that they speak of: a replay lets them in once it is there. */
export async function countWaitingRejects(warehouse: Pick<Warehouse, 'query'>): Promise<number> {
  const [row] = await warehouse.query<{ n: number }>(
    `SELECT uniqExact(reject_id) AS n FROM rejects WHERE reason = 'not_granted' AND position(detail, {said:String}) > 0 AND ${OPEN}`,
    { said: NOT_THERE_YET },
  );
  return row?.n ?? 0;
}

/** Open rejects by the (source, id) of their events. */
export async function rejectsOfEvents(
  warehouse: Warehouse,
  keys: readonly { source: string; id: string }[],
): Promise<Map<string, string[]>> {
  const rows = await warehouse.query<{ source: string; id: string; reject_ids: string[] }>(
    `SELECT source, id, groupUniqArray(toString(reject_id)) AS reject_ids FROM rejects
    WHERE id != '' AND id IN {ids:Array(String)} AND ${OPEN} GROUP BY source, id`,
    { ids: keys.map(({ id }) => id) },
  );
  return new Map(rows.map(({ source, id, reject_ids }) => [keyOf({ source, id }), reject_ids]));
}

/** Open rejects with these very bytes: a line that was not corrected. Long ones are not looked for. */
export async function rejectsOfBytes(warehouse: Warehouse, line: Buffer): Promise<string[]> {
  if (line.length > 60_000) return [];
  const rows = await warehouse.query<{ reject_id: string }>(
    `SELECT DISTINCT reject_id FROM rejects WHERE size = {size:UInt64} AND base64Encode(bytes) = {base64:String} AND ${OPEN}`,
    { size: line.length, base64: line.toString('base64') },
  );
  return rows.map(({ reject_id }) => reject_id);
}

/** Who sent these rejects, open ones or not. */
export async function sendersOf(warehouse: Warehouse, ids: readonly string[]): Promise<Map<string, RejectSender>> {
  if (ids.length === 0) return new Map();
  const rows = await warehouse.query<RejectSender & { reject_id: string }>(
    `SELECT reject_id, any(origin_kind) AS kind, any(origin) AS name, any(${THROUGH_EDGE}) AS through_edge,
      toUnixTimestamp64Micro(min(rejects.recorded_at)) AS refused_at FROM rejects
    WHERE reject_id IN {ids:Array(UUID)} GROUP BY reject_id`,
    { ids },
  );
  return new Map(rows.map(({ reject_id, ...sender }) => [reject_id, sender]));
}

export const keyOf = ({ source, id }: { source: string; id: string }): string => `${id}\0${source}`;

/** Takes rejects off the open list. */
export async function closeRejects(
  warehouse: Warehouse,
  ids: readonly string[],
  outcome: 'replayed' | 'closed by hand',
): Promise<void> {
  for (let first = 0; first < ids.length; first += 1_000)
    await warehouse.command(
      // With each go those that are listed as one with it.
      `INSERT INTO reject_replays SELECT DISTINCT reject_id, now64(6), {outcome:String} FROM rejects
      WHERE ${OPEN} AND (reject_id IN {ids:Array(UUID)} OR ${FROM_TABLE} AND (reason, size, sipHash128(bytes)) IN (
        SELECT reason, size, sipHash128(bytes) FROM rejects WHERE reject_id IN {ids:Array(UUID)} AND ${FROM_TABLE}))`,
      {
        ids: ids.slice(first, first + 1_000),
        outcome,
      },
    );
}
