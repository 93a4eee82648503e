/** The events a measure may see: up to the cut-off, without what was voided. */
import type { TestEvent } from '../load-events.ts';

export interface Entry extends TestEvent {
  /** Microseconds since 1970. */
  at: bigint;
  /** Local day. */
  day: string;
  // biome-ignore lint/suspicious/noExplicitAny: the oracle reads data as the rule names it
  d: Record<string, any>;
}

/** @param lastDay day of the cut-off (its end), or null for everything. */
export function visibleLog(events: readonly TestEvent[], lastDay: string | null): Entry[] {
  const unique = new Map<string, Entry>();
  const stored = new Set<string>();
  for (const event of events) {
    const key = keyOf(event.source, event.id);
    // What comes first is stored, whether the cut-off lets it be seen or not; nothing takes its place.
    if (stored.has(key)) continue;
    stored.add(key);
    const fraction = /\.(\d+)/.exec(event.time)?.[1] ?? '';
    const at =
      BigInt(Date.parse(event.time.replace(/\.\d+/, ''))) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
    const day = new Date(Number(at / 1000n) + 28_800_000).toISOString().slice(0, 10);
    if (lastDay === null || day <= lastDay) unique.set(key, { ...event, at, day, d: event.data as Entry['d'] });
  }
  const voids = [...unique.values()].filter(({ type }) => type === 'event.voided');
  const target = (entry: Entry) => keyOf(String(entry.d.event_source), String(entry.d.event_id));
  const self = (entry: Entry) => keyOf(entry.source, entry.id);
  const holds = new Set<string>();
  const never = new Set<string>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const one of voids) {
      const id = self(one);
      if (holds.has(id) || never.has(id)) continue;
      const attackers = voids.filter((other) => target(other) === id).map(self);
      if (attackers.some((attacker) => holds.has(attacker))) never.add(id);
      else if (attackers.every((attacker) => never.has(attacker))) holds.add(id);
      else continue;
      changed = true;
    }
  }
  const voided = new Set(voids.filter((one) => holds.has(self(one))).map(target));
  return [...unique.values()]
    .filter((entry) => !voided.has(self(entry)))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

const keyOf = (source: string, id: string) => `${source}\n${id}`;
