/** What was shown, filed, answered and withdrawn, out of the event log, without what was voided. */
import type { Warehouse } from '@hengjian/warehouse';
import { READABLE_EVENTS } from '@hengjian/warehouse/readable-events.ts';
import type { Outage } from './objection-window.ts';
import { type VoidPair, voidedBy } from './voided-by.ts';

export const OBJECTION_SOURCE = '/hengjian/objections';

/** An event of the log that nothing voided. */
export interface LiveEvent {
  type: string;
  source: string;
  id: string;
  department: string;
  /** Local wall time with microseconds. */
  time: string;
  /** Its declared members. */
  data: Record<string, unknown>;
}

export type ObjectionEvent = LiveEvent;

const TYPES = [
  'draft.shown',
  'score_objection.filed',
  'score_objection.answered',
  'score_objection.withdrawn',
  'outage.declared',
];

/** By time, then source and id. */
export function readObjectionEvents(warehouse: Warehouse): Promise<ObjectionEvent[]> {
  return readLiveEvents(warehouse, TYPES);
}

/** Which events there are: recorded by the one moment, with a time up to the other; local wall times. */
export interface Seen {
  recordedBy: string;
  timeUntil: string;
}

const EVERYTHING: Seen = { recordedBy: '2299-01-01 00:00:00', timeUntil: '2299-01-01 00:00:00' };

/** Of some types, by time, then source and id. Voids are seen within the same bounds. */
export async function readLiveEvents(
  warehouse: Warehouse,
  types: readonly string[],
  seen: Seen = EVERYTHING,
): Promise<LiveEvent[]> {
  const rows = await warehouse.query<Omit<LiveEvent, 'data'> & { data: string }>(
    `SELECT toString(e.type) AS type, toString(e.source) AS source, e.id AS id, toString(e.department) AS department,
       toString(e.time) AS time, e.facts AS data FROM ${READABLE_EVENTS} AS e
     WHERE e.type IN {types:Array(String)} AND ${WITHIN} ORDER BY e.time, e.source, e.id`,
    { types, ...seen },
  );
  const voids = await warehouse.query<VoidPair>(
    `SELECT concat(toString(e.source), '\\t', e.id) AS own,
       concat(JSONExtractString(e.facts, 'event_source'), '\\t', JSONExtractString(e.facts, 'event_id')) AS target
     FROM ${READABLE_EVENTS} AS e WHERE e.type = 'event.voided' AND ${WITHIN}`,
    { ...seen },
  );
  const isVoided = voidedBy(voids);
  return rows
    .filter(({ source, id }) => !isVoided(`${source}\t${id}`))
    .map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) as Record<string, unknown> }));
}

const WITHIN =
  "e.recorded_at <= toDateTime64({recordedBy:String}, 6, 'Asia/Shanghai') AND e.time <= toDateTime64({timeUntil:String}, 6, 'Asia/Shanghai')";

export function outagesOf(events: readonly ObjectionEvent[]): Outage[] {
  return events
    .filter(({ type }) => type === 'outage.declared')
    .map(({ data }) => ({
      from: String(data.from),
      to: String(data.to),
      units: Array.isArray(data.units) ? data.units.map(String) : [],
    }));
}
