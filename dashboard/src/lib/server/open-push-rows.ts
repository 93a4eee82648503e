/** Open pushes of the account's units with the day they are due and the workdays left. */
import { addDays } from '@hengjian/models/calendar/day.ts';
import { unitCalendar, workdaysLeft } from '@hengjian/models/calendar/unit-workdays.ts';
import { claimedBuckets, type PushStep, pushDue } from '@hengjian/models/entries/push-deadlines.ts';
import { type OpenPush, readOpenPushes } from '@hengjian/models/queries/read-open-pushes.ts';
import { readOutages } from '@hengjian/models/queries/read-outages.ts';
import { readSubjectNames } from '@hengjian/models/queries/read-subject-names.ts';
import type { EntryScene } from './entry-scene.ts';

export interface PushRow extends OpenPush {
  step: PushStep;
  /** YYYY-MM-DD; undefined where the rules name no day, null where it awaits a holiday notice. */
  due: string | null | undefined;
  left: number | null;
}

/** Older ones lie in quarters that are long published. */
const DAYS_BACK = 400;
const MOST = 500;

/** The most urgent first. @param pushIds only these */
export async function openPushRows(
  { parts, scope, ruleset }: App.Locals,
  { project, today }: EntryScene,
  pushIds?: readonly string[],
): Promise<PushRow[]> {
  const ruleSet = parts.standingRules(ruleset);
  const filter = { ruleset, buckets: claimedBuckets(ruleSet), since: addDays(today, -DAYS_BACK), limit: MOST };
  const [pushes, outages] = await Promise.all([
    readOpenPushes(parts.reader, scope, { ...filter, ...(pushIds ? { pushIds } : {}) }),
    readOutages(parts.reader),
  ]);
  const nameless = pushes.filter(({ name }) => name === '').map(({ subject }) => subject);
  const names = await readSubjectNames(scope, parts.reader, nameless);
  const rows = pushes.map((push): PushRow => {
    const step = push.claimedAt === null ? 'claim' : 'feedback';
    const calendar = unitCalendar(project.calendar, outages, push.unit);
    const due = pushDue(ruleSet, calendar, step, push);
    const left = due ? workdaysLeft(calendar, today, due) : null;
    return { ...push, name: push.name || names.get(push.subject.toUpperCase()) || '', step, due, left };
  });
  return rows.sort((a, b) => compare(a.due ?? '9999', b.due ?? '9999') || compare(a.pushedOn, b.pushedOn));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
