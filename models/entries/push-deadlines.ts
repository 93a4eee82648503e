/** When a push is to be claimed and its outcome fed back, as the measures `claim` and `feedback` count it, for a push that still moves. */
import { addDays, type Day } from '../calendar/day.ts';
import { type UnitCalendar, workdayAfter } from '../calendar/unit-workdays.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';

/** `claim`: the unit has not claimed it; `feedback`: it has, and has not reported the outcome. */
export type PushStep = 'claim' | 'feedback';

export interface PushDays {
  pushedOn: Day;
  /** Of the licence, where somebody has told it. */
  decidedOn: Day | null;
}

/**
 * Last day in time; undefined where the document names no number, null where a year without a holiday notice decides: there is a limit,
 * and its day is known once the notice is loaded.
 * @param parameters of the rule set in force today: `claim.deadlineWorkdays`, `feedback.deadlineWorkdays`, `feedback.undecidedDays`
 */
export function pushDue(
  { parameters }: Pick<RuleSet, 'parameters'>,
  calendar: UnitCalendar,
  step: PushStep,
  { pushedOn, decidedOn }: PushDays,
): Day | null | undefined {
  const days = (name: string): number | undefined => {
    const value = parameters[name];
    return typeof value === 'number' ? value : undefined;
  };
  const after = (day: Day, workdays: number | undefined): Day | null | undefined =>
    workdays === undefined ? undefined : workdayAfter(calendar, day, workdays);
  if (step === 'claim') return after(pushedOn, days('claim.deadlineWorkdays'));
  if (decidedOn !== null) return after(decidedOn, days('feedback.deadlineWorkdays'));
  const undecided = days('feedback.undecidedDays');
  return undecided === undefined ? undefined : addDays(pushedOn, undecided);
}

/** The buckets whose pushes a unit has to claim. */
export function claimedBuckets({ parameters }: Pick<RuleSet, 'parameters'>): string[] {
  const buckets = parameters['claim.buckets'];
  return Array.isArray(buckets) ? buckets.map(String) : ['licensed'];
}
