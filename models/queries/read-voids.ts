/** Which events were declared never to have happened. A void that is itself voided voids nothing, to any depth. */
import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import { holdingAmong } from '../objections/voided-by.ts';
import { momentOf } from '../publication/moment.ts';

export interface EventKey {
  source: string;
  id: string;
}

export interface Void extends EventKey {
  /** RFC 3339. */
  time: string;
  reason: string;
  /** The account that entered it; empty where no form did. */
  by: string;
}

export interface Voids {
  /** The void that holds for an event; null where none does. Voids in a circle stay undecided and void nothing else. */
  inForce(event: EventKey): Void | null;
  /** All that hold for it, oldest first. */
  holding(event: EventKey): readonly Void[];
}

interface Row extends Void {
  target: string;
}

const keyOf = ({ source, id }: EventKey): string => `${source}\t${id}`;

/** The voids of some events, the voids of these, and so on. */
export async function readVoids(warehouse: Warehouse, events: readonly EventKey[]): Promise<Voids> {
  const byTarget = new Map<string, Row[]>();
  const asked = new Set<string>();
  let wanted: readonly EventKey[] = events;
  while (wanted.length > 0) {
    for (const event of wanted) asked.add(keyOf(event));
    const found: Row[] = [];
    for (const some of inFields(wanted)) found.push(...(await voidsOf(warehouse, some)));
    for (const one of found) byTarget.set(one.target, [...(byTarget.get(one.target) ?? []), one]);
    wanted = found.filter((one) => !asked.has(keyOf(one)));
  }
  const holds = holdingAmong([...byTarget.values()].flat().map((one) => ({ own: keyOf(one), target: one.target })));
  const holding = (event: EventKey) =>
    (byTarget.get(keyOf(event)) ?? []).filter((one) => holds(keyOf(one))).map(({ target: _, ...rest }): Void => rest);
  return { holding, inForce: (event) => holding(event)[0] ?? null };
}

/** Parameters travel as form fields of at most 128 KiB. */
const FIELD_BYTES = 64 * 1024;

function* inFields(events: readonly EventKey[]): Generator<EventKey[]> {
  let some: EventKey[] = [];
  let bytes = 0;
  for (const event of events) {
    // Each byte may be written as three (percent encoding).
    const size = 3 * Buffer.byteLength(keyOf(event)) + 8;
    if (some.length > 0 && bytes + size > FIELD_BYTES) {
      yield some;
      some = [];
      bytes = 0;
    }
    some.push(event);
    bytes += size;
  }
  if (some.length > 0) yield some;
}

async function voidsOf(warehouse: Warehouse, events: readonly EventKey[]): Promise<Row[]> {
  const rows = await warehouse.query<Row & { account: string }>(
    `SELECT toString(e.source) AS source, e.id AS id, toString(e.time) AS time, JSONExtractString(e.facts, 'reason') AS reason,
       JSONExtractString(e.facts, 'entered_by') AS by,
       concat(JSONExtractString(e.facts, 'event_source'), '\\t', JSONExtractString(e.facts, 'event_id')) AS target
     FROM ${READABLE_EVENTS} AS e WHERE e.type = 'event.voided' AND target IN (SELECT arrayJoin({targets:Array(String)}))
     ORDER BY e.time, e.id`,
    { targets: events.map(keyOf) },
  );
  return rows.map((row) => ({ ...row, time: momentOf(row.time) }));
}
