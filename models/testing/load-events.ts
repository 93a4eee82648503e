/** For tests: events straight into the raw table, without the ingest room. Duplicates are dropped as ingest would. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { factColumns } from '@hengjian/contract/facts/fact-columns.ts';
import { factsMark } from '@hengjian/contract/facts/facts-mark.ts';
import { factsOf } from '@hengjian/contract/facts/facts-of.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import type { Warehouse } from '@hengjian/warehouse';

export interface TestEvent {
  id: string;
  source: string;
  type: string;
  time: string;
  department: string;
  region?: string;
  subject?: string;
  data: Record<string, unknown>;
  /** JSON of further envelope members, as stored. */
  extensions?: string;
}

export function readEvents(file: string): TestEvent[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as TestEvent);
}

/** Inserts each (source, id) once, as one recorded batch. `recordedAt` is local wall time. */
export async function loadEvents(
  warehouse: Warehouse,
  events: readonly TestEvent[],
  recordedAt = wallTime(Date.now() * 1000),
): Promise<void> {
  const seen = new Set<string>();
  const rows = events.flatMap((event, position) => {
    const key = `${event.source}\n${event.id}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const { source, id, type, time, department, region = '', subject = '', data, extensions = '' } = event;
    return [
      {
        source,
        id,
        type,
        department,
        region,
        subject,
        time: wallTime(microseconds(time)),
        utc_offset_min: 480,
        data: JSON.stringify(data),
        ...factsColumns(type, data),
        extensions,
        recorded_at: recordedAt,
        origin_kind: 'file',
        origin: 'test',
        origin_part: 1,
        origin_pos: position,
        request: '00000000-0000-0000-0000-000000000000',
      },
    ];
  });
  if (rows.length > 0) await warehouse.insert('events', rows, { token: randomUUID() });
}

/** What the check writes beside `data`; nothing of it where the check knows no such type. */
function factsColumns(type: string, data: Record<string, unknown>): object {
  const eventType = eventTypes.get(type);
  if (!eventType) return {};
  const facts = factsOf(eventType, data);
  return { facts_mark: factsMark(eventType), facts, ...factColumns(eventType, facts) };
}

/** RFC 3339 → microseconds since 1970. */
function microseconds(time: string): number {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  const seconds = Date.parse(time.replace(/\.\d+/, ''));
  return seconds * 1000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

/** Microseconds since 1970 → wall time in Asia/Shanghai as ClickHouse reads it. */
export function wallTime(micros: number): string {
  const text = new Date(Math.floor(micros / 1000) + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 23);
  return `${text}${String(micros % 1000).padStart(3, '0')}`;
}
