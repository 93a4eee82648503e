/** Meetings, with how each required unit attended. */
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { byTime, readCalls, requiredOf } from './read-calls.ts';
import type { Entry } from './read-entries.ts';

export type Attendance = 'present' | 'substitute' | 'excused';

export interface Meeting {
  id: string;
  title: string;
  /** RFC 3339: when it was held (the first time it was announced, as it is counted). */
  held: string;
  by: string;
  counted: boolean;
  /** In order of the announcement. */
  required: string[];
  /** By unit: how it attended, and the entries that say so. A unit without is absent. */
  attended: Map<string, { status: Attendance; entries: Entry[] }>;
}

/** @param since local day; newest first. Units outside the scope are left out of what is required and done. */
export async function readMeetings(
  warehouse: Warehouse,
  scope: Scope,
  ruleset: string,
  since: string,
): Promise<Meeting[]> {
  const [calls, answers] = await readCalls(warehouse, scope, ruleset, since, 'meeting');
  const meetings = [...Map.groupBy(calls, ({ data }) => String(data.meeting_id))].map(([id, held]): Meeting => {
    const first = held.toSorted(byTime)[0]!;
    const own = answers.filter(({ data }) => data.meeting_id === id).sort(byTime);
    const attended: Meeting['attended'] = new Map();
    for (const entry of own) {
      const before = attended.get(entry.department)?.entries ?? [];
      attended.set(entry.department, {
        status: entry.data.status as Attendance,
        entries: [...before, entry],
      });
    }
    return {
      id,
      title: String(first.data.title ?? ''),
      held: first.time,
      by: first.by,
      counted: held.every(({ counted }) => counted),
      required: requiredOf(held, scope),
      attended,
    };
  });
  return meetings.sort((a, b) => (a.held < b.held ? 1 : -1));
}
