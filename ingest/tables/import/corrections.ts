/** What a table corrects (office-files §4): a record of which it brings a new version loses the versions it no longer brings. */
import { eventId, KEY_LENGTH } from '../rows/event-id.ts';
import type { Version } from './stored-versions.ts';

const REASON = '导入的表格中该记录已更正';

/** An event of the file as the corrections see it. */
export interface Brought {
  id: string;
  type: string;
  time: string;
  timeFrom: string;
}

export interface Correction {
  voids: { id: string; bytes: Buffer; type: 'event.voided'; of: Version }[];
  /** New versions of a decision that take an earlier time of entry. */
  earlier: Map<string, { time: string; timeFrom: string }>;
}

const DECISIONS = new Set(['licence.entered', 'penalty.entered']);

/**
 * @param brought good events of the file that have one key
 * @param stored versions of that key
 * @param spared whether a version is not to be voided although the file does not bring it
 */
export function correct(
  brought: readonly Brought[],
  stored: ReadonlyMap<string, Version> | undefined,
  source: string,
  spared: (version: Version) => boolean = () => false,
): Correction | undefined {
  if (!stored) return undefined;
  const fresh = brought.filter(({ id }) => !stored.has(id));
  if (fresh.length === 0) return undefined;
  const here = new Set(brought.map(({ id }) => id));
  const outdated = [...stored.values()].filter(
    (version) => !version.voided && !here.has(version.id) && !spared(version),
  );
  if (outdated.length === 0) return undefined;
  const earlier: Correction['earlier'] = new Map();
  for (const { id, type, time, timeFrom } of fresh) {
    if (!DECISIONS.has(type)) continue;
    const stamped = [{ time, timeFrom }, ...outdated].filter((one) => isStamp(one.timeFrom));
    const first = stamped.sort((a, b) => (a.time < b.time ? -1 : 1))[0];
    if (first && (first.time !== time || first.timeFrom !== timeFrom))
      earlier.set(id, { time: first.time, timeFrom: first.timeFrom });
  }
  return { voids: outdated.map((version) => ({ ...voidOf(version, source), of: version })), earlier };
}

/** A day of decision says nothing of when the entry was made. */
const isStamp = (timeFrom: string): boolean => timeFrom === 'entry' || timeFrom === 'stamp';

function voidOf({ id, department, time }: Version, source: string) {
  const data = { event_source: source, event_id: id, reason: REASON };
  const type = 'event.voided' as const;
  const own = eventId({ type, time, department, data });
  const event = { specversion: '1.0', id: own, source, type, time, department, data };
  return { id: own, type, bytes: Buffer.from(JSON.stringify(event)) };
}

export const keyOf = (id: string): string => id.slice(0, KEY_LENGTH);
