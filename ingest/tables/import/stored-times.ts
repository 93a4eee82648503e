/** When stored events happened, by source and id. */
import type { Warehouse } from '@hengjian/warehouse';
import { arrayOf, FIELDS, fieldsOf, textsOfAField } from './parameter-fields.ts';

export interface EventKey {
  source: string;
  id: string;
}

/** @returns RFC 3339, +08:00, to the microsecond; undefined for what is not stored (yet) */
export async function storedTimes(
  warehouse: Pick<Warehouse, 'query'>,
  events: readonly EventKey[],
): Promise<(event: EventKey) => string | undefined> {
  const times = new Map<string, string>();
  const ids = [...new Set(events.map(({ id }) => id))];
  const size = textsOfAField(ids.reduce((longest, id) => Math.max(longest, encodeURIComponent(id).length), 0));
  for (let first = 0; first < ids.length; first += size * FIELDS) {
    const fields = fieldsOf(ids.slice(first, first + size * FIELDS), size);
    const rows = await warehouse.query<EventKey & { time: string }>(
      `SELECT toString(source) AS source, id, toString(events.time) AS time FROM events WHERE id IN ${arrayOf(fields)}`,
      fields,
    );
    for (const row of rows) times.set(keyOf(row), `${row.time.replace(' ', 'T')}+08:00`);
  }
  return (event) => times.get(keyOf(event));
}

const keyOf = ({ source, id }: EventKey): string => `${source}\t${id}`;
