/** Stored events as they came: CloudEvents objects, a line each, oldest first. */
import { cloudEventOf, STORED_EVENT_COLUMNS, type StoredEventRow } from '@hengjian/contract/cloud-event-of.ts';
import type { Warehouse } from '@hengjian/warehouse';

export interface EventSelection {
  type?: string | undefined;
  /** First and last local day of `time`, both inclusive. */
  since?: string | undefined;
  until?: string | undefined;
  department?: string | undefined;
  subject?: string | undefined;
  source?: string | undefined;
  limit?: number | undefined;
}

const PAGE = 5_000;
const BEGINNING = { micros: -1, source: '', id: '' };

export async function* storedEvents(warehouse: Warehouse, selection: EventSelection): AsyncGenerator<string> {
  let left = selection.limit ?? Number.POSITIVE_INFINITY;
  for (let after: { micros: number; source: string; id: string } = BEGINNING; left > 0; ) {
    const rows: StoredEventRow[] = await warehouse.query<StoredEventRow>(
      `SELECT ${STORED_EVENT_COLUMNS}
      FROM events
      WHERE (toUnixTimestamp64Micro(time), toString(events.source), events.id) > ({micros:Int64}, {afterSource:String}, {afterId:String})
        AND ({type:String} = '' OR events.type = {type:String})
        AND ({since:String} = '' OR toDate32(time) >= toDate32OrNull({since:String}))
        AND ({until:String} = '' OR toDate32(time) <= toDate32OrNull({until:String}))
        AND ({department:String} = '' OR events.department = {department:String})
        AND ({subject:String} = '' OR events.subject = {subject:String})
        AND ({source:String} = '' OR events.source = {source:String})
      ORDER BY micros, source, id LIMIT {page:UInt32}`,
      {
        type: selection.type ?? '',
        since: selection.since ?? '',
        until: selection.until ?? '',
        department: selection.department ?? '',
        subject: selection.subject ?? '',
        source: selection.source ?? '',
        micros: after.micros,
        afterSource: after.source,
        afterId: after.id,
        page: Math.min(PAGE, left),
      },
    );
    for (const row of rows) yield cloudEventOf(row);
    left -= rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last;
  }
}
