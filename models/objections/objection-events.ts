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

const FILED = 'score_objection.filed';
const TYPES = ['draft.shown', FILED, 'score_objection.answered', 'score_objection.withdrawn', 'outage.declared'];

/** By time, then source and id. An objection stays with the unit that filed it first, whatever times later filings under its id state. */
export async function readObjectionEvents(warehouse: Warehouse): Promise<ObjectionEvent[]> {
  const events = await readRecordedEvents(warehouse, TYPES);
  const first = new Map<unknown, RecordedEvent>();
  for (const event of events) {
    if (event.type !== FILED) continue;
    const known = first.get(event.data.objection_id);
    if (!known || event.recordedAt < known.recordedAt) first.set(event.data.objection_id, event);
  }
  return events
    .filter(({ type, data }) => type !== FILED || first.get(data.objection_id)?.data.unit === data.unit)
    .map(withoutRecordingTime);
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
  seen?: Seen,
): Promise<LiveEvent[]> {
  return (await readRecordedEvents(warehouse, types, seen)).map(withoutRecordingTime);
}

interface RecordedEvent extends LiveEvent {
  /** Local wall time with microseconds. */
  recordedAt: string;
}

const withoutRecordingTime = ({ recordedAt: _, ...event }: RecordedEvent): LiveEvent => event;

async function readRecordedEvents(
  warehouse: Warehouse,
  types: readonly string[],
  seen: Seen = EVERYTHING,
): Promise<RecordedEvent[]> {
  const rows = await warehouse.query<Omit<RecordedEvent, 'data'> & { data: string }>(
    `SELECT toString(e.type) AS type, toString(e.source) AS source, e.id AS id, toString(e.department) AS department,
       toString(e.time) AS time, toString(e.recorded_at) AS recordedAt, e.facts AS data FROM ${READABLE_EVENTS} AS e
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
