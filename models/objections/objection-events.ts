/** What was shown, filed, answered and withdrawn, out of the event log, without what was voided. */
import type { Warehouse } from '@hengjian/warehouse';
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

/** Of some types, by time, then source and id. */
export async function readLiveEvents(warehouse: Warehouse, types: readonly string[]): Promise<LiveEvent[]> {
  const rows = await warehouse.query<Omit<LiveEvent, 'data'> & { data: string }>(
    `SELECT toString(e.type) AS type, toString(e.source) AS source, e.id AS id, toString(e.department) AS department,
       toString(e.time) AS time, e.data AS data FROM events AS e
     WHERE e.type IN {types:Array(String)} ORDER BY e.time, e.source, e.id`,
    { types },
  );
  const voids = await warehouse.query<VoidPair>(
    `SELECT concat(toString(source), '\\t', id) AS own,
       concat(JSONExtractString(data, 'event_source'), '\\t', JSONExtractString(data, 'event_id')) AS target
     FROM events WHERE type = 'event.voided'`,
  );
  const isVoided = voidedBy(voids);
  return rows
    .filter(({ source, id }) => !isVoided(`${source}\t${id}`))
    .map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) as Record<string, unknown> }));
}

export function outagesOf(events: readonly ObjectionEvent[]): Outage[] {
  return events
    .filter(({ type }) => type === 'outage.declared')
    .map(({ data }) => ({
      from: String(data.from),
      to: String(data.to),
      units: Array.isArray(data.units) ? data.units.map(String) : [],
    }));
}
