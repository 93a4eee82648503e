/** What the office calls for (a meeting, a material) and what the units answered; without what was voided. */
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { type Entry, readEntries } from './read-entries.ts';

const MOST = 200;
/** Attendance of that many meetings of that many units, several times over. */
const MOST_ANSWERS = 20_000;

const PAIRS = {
  meeting: { call: 'meeting.held', answer: 'meeting.attended', member: 'meeting_id' },
  material: { call: 'material.due', answer: 'material.submitted', member: 'obligation_id' },
} as const;

/** @param since local day of the call @returns the calls, and the answers to them by units of the scope */
export async function readCalls(
  warehouse: Warehouse,
  scope: Scope,
  ruleset: string,
  since: string,
  pair: keyof typeof PAIRS,
): Promise<[Entry[], Entry[]]> {
  const { call, answer, member } = PAIRS[pair];
  // What the office asks for belongs to no unit; whom it concerns, `required` says.
  const whole = { ...scope, units: 'all' as const };
  const calls = (
    await readEntries(warehouse, whole, 'unit_entries', ruleset, { types: [call], since, limit: MOST })
  ).filter(({ voided }) => voided === null);
  const values = [...new Set(calls.map(({ data }) => String(data[member])))];
  if (values.length === 0) return [[], []];
  const answers = await readEntries(warehouse, scope, 'unit_entries', ruleset, {
    types: [answer],
    member: { name: member, values },
    limit: MOST_ANSWERS,
  });
  return [calls, answers.filter(({ voided }) => voided === null)];
}

/** By legal time, then id: the order in which the models take the latest. */
export const byTime = (a: Entry, b: Entry): number =>
  a.time < b.time ? -1 : a.time > b.time ? 1 : a.id < b.id ? -1 : 1;

/** Units of the scope that one of the calls names, in their order. */
export function requiredOf(entries: readonly Entry[], { units }: Scope): string[] {
  const all = new Set(entries.flatMap(({ data }) => (Array.isArray(data.required) ? data.required.map(String) : [])));
  return [...all].filter((unit) => units === 'all' || units.includes(unit));
}
