/**
 * Whose verdict in the balance of events (mart_event_balance) new events can change: their own, and those of what speaks of them, which
 * may be known now, or known no longer.
 */
import { factMembers } from '@hengjian/contract/facts/fact-form.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { quote } from '../variables.ts';

interface Speakers {
  of: readonly string[];
  types: readonly string[];
  /** By what they name it: an expression over the judged events `e`, and one over the changed ones; without it all are judged. */
  by?: readonly [string, string];
}

const namePushes = [...eventTypes.values()]
  .filter(({ data }) => factMembers(data).some(({ name }) => name === 'push_id'))
  .map(({ type }) => type);
const bySubject = ['e.subject', 'upper(subject)'] as const;

const SPEAKERS: readonly Speakers[] = [
  { of: ['registration.pushed'], types: namePushes, by: ['e.push_id', 'push_id'] },
  { of: ['registration.pushed'], types: ['enterprise.notified'], by: bySubject },
  { of: ['entity.registered'], types: ['annual_report.filed'], by: bySubject },
  {
    of: ['task.created', 'inspection.done'],
    types: ['draw.executed', 'result.entered', 'result.published'],
    by: ["JSONExtractString(e.members, 'task_id')", 'task'],
  },
  { of: ['meeting.held'], types: ['meeting.attended'] },
  { of: ['material.due'], types: ['material.submitted'] },
  { of: ['punishment.initiated'], types: ['punishment.received', 'punishment.applied', 'punishment.fed_back'] },
  { of: ['punishment.applied'], types: ['punishment.fed_back'] },
  { of: ['objection.filed', 'objection.forwarded'], types: ['objection.answered'] },
  { of: ['risk.alert_raised'], types: ['risk.disposed', 'risk.alert_disposed'] },
  { of: ['entity.cancelled', 'entity.revoked', 'subject.unreachable'], types: ['linkage.action'] },
];
/** Voids may speak of an event of any type; until when a mark counts the calendar says, which knows more from day to day. */
const ALWAYS = ['event.voided', 'mark.awarded'];
/** These may speak of an event of any type that carries a decision, where the rule set reads them. */
const OF_ANY_RECORD = ['record.attached', 'record.published'];

/** Types of which some event may speak of one of these. */
export function speakersOf(types: readonly string[]): string[] {
  return [...new Set([...speaking(types).flatMap((one) => one.types), ...ALWAYS, ...OF_ANY_RECORD])].sort();
}

export interface Changed {
  /** The table of the changed events. */
  table: string;
  /** Those that are in it. */
  types: readonly string[];
  /** An array of the types that the rule set reads: of others nobody asks what they speak of, but for pushes and tasks. */
  read: string;
}

/** A condition on types: all their events are judged again. */
export function areAllJudged({ types, read }: Changed, type: string): string {
  const all = [...OF_ANY_RECORD, ...speaking(types).flatMap((one) => (one.by ? [] : one.types))];
  return `(${type} ${inList(ALWAYS)} OR (${type} ${inList(all)} AND has(${read}, ${type})))`;
}

/** A condition on the judged events `e`: these are judged again. */
export function isJudged(changed: Changed): string {
  const { table, types } = changed;
  return [
    areAllJudged(changed, 'e.type'),
    `(e.source, e.id) IN (SELECT source, id FROM ${table})`,
    ...speaking(types).flatMap(({ of, types: named, by }) =>
      by ? [`(e.type ${inList(named)} AND ${by[0]} IN (SELECT ${by[1]} FROM ${table} WHERE type ${inList(of)}))`] : [],
    ),
  ].join(' OR ');
}

const speaking = (types: readonly string[]): Speakers[] =>
  SPEAKERS.filter(({ of }) => of.some((type) => types.includes(type)));
const inList = (types: readonly string[]): string => `IN (${[...new Set(types)].map(quote).join(', ')})`;
