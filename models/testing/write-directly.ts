/** For tests of this room: a writer that stores each (source, id) once, straight into the raw table. */
import type { Warehouse } from '@hengjian/warehouse';
import type { WriteEvents } from '../publication/write-events.ts';
import { loadEvents, type TestEvent } from './load-events.ts';

const ENVELOPE = new Set(['specversion', 'id', 'source', 'type', 'time', 'department', 'region', 'subject', 'data']);

/** @param recordedAt local wall time; now by default */
export function writeDirectly(warehouse: Warehouse, recordedAt?: string): WriteEvents {
  return async (events) => {
    let duplicate = 0;
    for (const event of events as TestEvent[]) {
      const [known] = await warehouse.query(
        'SELECT 1 AS found FROM events WHERE source = {source:String} AND id = {id:String}',
        {
          source: event.source,
          id: event.id,
        },
      );
      if (known) duplicate += 1;
      else {
        const extensions = Object.fromEntries(Object.entries(event).filter(([name]) => !ENVELOPE.has(name)));
        await loadEvents(warehouse, [{ ...event, extensions: JSON.stringify(extensions) }], recordedAt);
      }
    }
    return { accepted: events.length - duplicate, duplicate, rejected: [] };
  };
}
