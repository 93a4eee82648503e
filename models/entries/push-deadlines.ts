/** When a push is to be claimed and its outcome fed back, as the rule set counts it, for a push that still moves. */
import { addDays, type Day } from '../calendar/day.ts';
import { type UnitCalendar, workdayAfter } from '../calendar/unit-workdays.ts';
import { funnelItems } from '../ruleset/funnel-items.ts';
import { itemsCounting } from '../ruleset/items-counting.ts';
import { parameterOn } from '../ruleset/parameter-history.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';

/** `claim`: the unit has not claimed it; `feedback`: it has, and has not reported the outcome. */
export type PushStep = 'claim' | 'feedback';

export interface PushDays {
  pushedOn: Day;
  /** Of the licence, where somebody has told it. */
  decidedOn: Day | null;
}

/**
 * Last day in time; undefined where the rule set counts no such step or its document names no number, null where a year without a holiday
 * notice decides: there is a limit, and its day is known once the notice is loaded. The limit is that of the day on which the clock starts.
 * @param ruleSet in force today
 */
export function pushDue(
  ruleSet: Pick<RuleSet, 'data' | 'scored' | 'parameters' | 'overrides' | 'catalogue'>,
  calendar: UnitCalendar,
  step: PushStep,
  { pushedOn, decidedOn }: PushDays,
): Day | null | undefined {
  const number = (name: string, day: Day): number | undefined => {
    const value = parameterOn(ruleSet, name, day);
    return typeof value === 'number' ? value : undefined;
  };
  const after = (day: Day, name: string): Day | null | undefined => {
    const workdays = number(name, day);
    return workdays === undefined ? undefined : workdayAfter(calendar, day, workdays);
  };
  const limit = stepLimit(ruleSet, step);
  if (limit === undefined) return undefined;
  if (step === 'claim') return after(pushedOn, limit);
  if (decidedOn !== null) return after(decidedOn, limit);
  // Only the measure with points sets a last day for what nobody has decided.
  const undecided = counts(ruleSet, 'feedback') ? number('feedback.undecidedDays', pushedOn) : undefined;
  return undecided === undefined ? undefined : addDays(pushedOn, undecided);
}

const counts = (ruleSet: Pick<RuleSet, 'data'>, measure: string): boolean => itemsCounting(ruleSet, measure).length > 0;

/** The parameter with the number of workdays; undefined: the rule set does not count the step. */
function stepLimit(ruleSet: Pick<RuleSet, 'data' | 'scored'>, step: PushStep): string | undefined {
  if (counts(ruleSet, step)) return `${step}.deadlineWorkdays`;
  const item = funnelItems(ruleSet)[step];
  if (item !== undefined) return `${item}.deadlineWorkdays`;
  // Who has to remind of unclaimed pushes does so by the usual number, where the document names none.
  return step === 'claim' && counts(ruleSet, 'push_reminder') ? 'claim.deadlineWorkdays' : undefined;
}

/** The buckets whose pushes a unit has to claim. */
export function claimedBuckets({ parameters }: Pick<RuleSet, 'parameters'>): string[] {
  const buckets = parameters['claim.buckets'];
  return Array.isArray(buckets) ? buckets.map(String) : ['licensed'];
}
