/** What a row becomes: events, a refusal, or nothing. */
import type { Reason } from '@hengjian/contract/reasons.ts';
import type { Day } from '../cells/day.ts';
import { maskIdentities } from '../cells/resident-identity.ts';

export interface Refusal {
  reason: Reason;
  detail: string;
}

export interface RowEvent {
  type: string;
  /** RFC 3339, +08:00. */
  time: string;
  department: string;
  region?: string | undefined;
  subject?: string | undefined;
  data: Record<string, unknown>;
  /** Row of the sheet that it came from; of several, the first. */
  row: number;
}

export type RowOutcome = { events: RowEvent[] } | { refused: Refusal } | 'skipped';

/** @param detail may quote a cell: no number of a person is told on */
export const refused = (reason: Reason, detail: string): { refused: Refusal } => ({
  refused: { reason, detail: maskIdentities(detail) },
});

/** Hours of a day that a table gives without time: steps of one day stay in order (office-files §4). */
const HOURS: Record<string, string> = {
  'registration.pushed': '09:00:00',
  'entity.registered': '09:00:00',
  'task.created': '09:00:00',
  'meeting.held': '09:00:00',
  'material.due': '09:00:00',
  'abnormal.listed': '09:00:00',
  'blacklist.listed': '09:00:00',
  'draw.executed': '10:00:00',
  'result.entered': '15:00:00',
  'push.return_confirmed': '15:00:00',
  'result.published': '16:00:00',
  'record.published': '16:00:00',
};
const NOON = '12:00:00';
const FIRST_DAY = '2010-01-01';
/** The contract takes nothing older; what happened before is of its first day. */
const OLDER = /^(?:entity\.|licence\.entered$|penalty\.entered$|abnormal\.|blacklist\.)/;

export function timeOf(type: string, { day, time }: Day): string {
  const shown = day < FIRST_DAY && OLDER.test(type) ? FIRST_DAY : day;
  return `${shown}T${time ?? HOURS[type] ?? NOON}+08:00`;
}
