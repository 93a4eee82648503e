/** Stored events as they came: CloudEvents objects, a line each, oldest first. */
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

interface Row {
  micros: number;
  source: string;
  id: string;
  type: string;
  offset: number;
  department: string;
  region: string;
  subject: string;
  data: string;
  extensions: string;
}

const PAGE = 5_000;
const BEGINNING = { micros: -1, source: '', id: '' };

export async function* storedEvents(warehouse: Warehouse, selection: EventSelection): AsyncGenerator<string> {
  let left = selection.limit ?? Number.POSITIVE_INFINITY;
  for (let after: { micros: number; source: string; id: string } = BEGINNING; left > 0; ) {
    const rows: Row[] = await warehouse.query<Row>(
      `SELECT toUnixTimestamp64Micro(time) AS micros, toString(events.source) AS source, events.id AS id, toString(type) AS type,
        utc_offset_min AS offset, toString(department) AS department, toString(region) AS region, subject, data, extensions
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
    for (const row of rows) yield cloudEvent(row);
    left -= rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last;
  }
}

/** `data` and the other members stand as they came, byte for byte. */
function cloudEvent({ micros, source, id, type, offset, department, region, subject, data, extensions }: Row): string {
  const envelope = JSON.stringify({
    specversion: '1.0',
    id,
    source,
    type,
    time: timeText(micros, offset),
    department,
    ...(region ? { region } : {}),
    ...(subject ? { subject } : {}),
  });
  const rest = extensions === '' ? '' : `,${extensions.slice(1, -1)}`;
  return `${envelope.slice(0, -1)},"data":${data}${rest}}`;
}

/** RFC 3339 in the offset in which it was sent. */
function timeText(micros: number, offsetMinutes: number): string {
  const fraction = micros % 1_000_000;
  const seconds = (micros - fraction) / 1000 + offsetMinutes * 60_000;
  const local = new Date(seconds).toISOString().slice(0, 19);
  const part = fraction === 0 ? '' : `.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
  const minutes = Math.abs(offsetMinutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local}${part}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
