/** Quarters with work in them: what is scored without being asked for. */
import type { Warehouse } from '@hengjian/warehouse';
import { quarterOf } from '../calendar/quarter.ts';

/** Registrations, libraries, plans and the office's own events do not make a quarter worth scoring. */
const WORK = [
  'login.succeeded',
  'registration.pushed',
  'push.claimed',
  'push.outcome_fed_back',
  'licence.entered',
  'penalty.entered',
  'dishonest.entered',
  'unlicensed.reported',
  'draw.executed',
  'inspection.done',
  'meeting.held',
];

export async function activeQuarters(warehouse: Warehouse, events: string): Promise<string[]> {
  const rows = await warehouse.query<{ day: string }>(
    `SELECT toString(toStartOfQuarter(time)) AS day FROM ${events} WHERE type IN {types:Array(String)} GROUP BY day ORDER BY day`,
    { types: WORK },
  );
  return rows.map(({ day }) => quarterOf(day));
}
