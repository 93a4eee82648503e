/** A stored event as the CloudEvents object that came: `data` and the extensions byte for byte. */
export interface StoredEventRow {
  /** `time`, µs since 1970. */
  micros: number;
  source: string;
  id: string;
  type: string;
  /** Minutes of the offset in which the time was sent. */
  offset: number;
  department: string;
  region: string;
  subject: string;
  /** JSON text. */
  data: string;
  /** JSON text of an object, or empty. */
  extensions: string;
}

/** The columns of `events` (as `events`) under the names of `StoredEventRow`. */
export const STORED_EVENT_COLUMNS = `toUnixTimestamp64Micro(time) AS micros, toString(events.source) AS source, events.id AS id,
  toString(type) AS type, utc_offset_min AS offset, toString(department) AS department, toString(region) AS region, subject,
  data, extensions`;

/** One line of JSON. */
export function cloudEventOf(row: StoredEventRow): string {
  const { micros, source, id, type, offset, department, region, subject, data, extensions } = row;
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
