import { dayText } from './calendar.ts';

/** The systems that send. Reserved `.example` names: they reach nobody. */
export const SOURCES = {
  platform: 'https://platform.etdz.example/events',
  registry: 'https://registry.etdz.example/push',
  doubleRandom: 'https://double-random.etdz.example/tasks',
  province: 'https://classification.province.example/tiers',
  hotline: 'https://12345.etdz.example/orders',
  office: 'https://joint-office.etdz.example/desk',
} as const;
export type Source = (typeof SOURCES)[keyof typeof SOURCES];

export interface EventFields {
  id: string;
  source: Source;
  type: string;
  day: number;
  /** milliseconds since local midnight */
  clock: number;
  department: string;
  region?: string;
  subject?: string;
  /** `data` as JSON text */
  data: string;
}

const SECONDS: string[] = [];
const MILLISECONDS: string[] = [];
for (let i = 0; i < 86_400; i++) {
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  SECONDS.push(`T${two(i / 3600)}:${two((i / 60) % 60)}:${two(i % 60)}.`);
}
for (let i = 0; i < 1000; i++) MILLISECONDS.push(String(i).padStart(3, '0'));

/** RFC 3339: local time with +08:00, or UTC for the one system that reports in UTC. */
export function timeText(day: number, clock: number, utc = false): string {
  let date = day;
  let ms = clock;
  if (utc) {
    ms -= 28_800_000;
    if (ms < 0) {
      ms += 86_400_000;
      date--;
    }
  }
  const second = Math.floor(ms / 1000);
  return dayText(date) + SECONDS[second] + MILLISECONDS[ms - second * 1000] + (utc ? 'Z' : '+08:00');
}

/** One CloudEvents 1.0 line in structured JSON mode, newline included. Values must not need JSON escapes. */
export function eventLine(event: EventFields): string {
  let line = `{"specversion":"1.0","id":"${event.id}","source":"${event.source}","type":"${event.type}","time":"${timeText(
    event.day,
    event.clock,
    event.source === SOURCES.doubleRandom,
  )}","department":"${event.department}"`;
  if (event.region !== undefined) line += `,"region":"${event.region}"`;
  if (event.subject !== undefined) line += `,"subject":"${event.subject}"`;
  return `${line},"data":${event.data}}\n`;
}
