import { addDays, type Day } from '../calendar/day.ts';
import { parametersOf } from './bindings.ts';
import { parameterOn } from './parameter-history.ts';
import type { ParameterValue } from './parameters.ts';
import type { RuleSet } from './rule-set.ts';

export interface VersionSeam {
  /** Of both versions, like `entry.deadlineWorkdays`. */
  parameter: string;
  /** First day of the later version. */
  from: Day;
  /** Until then, by the earlier version and by the later one. */
  before: ParameterValue;
  assumed: ParameterValue;
  /** Once the later version is in force. */
  after: ParameterValue;
}

/** Beside limits in workdays: what decides when something is due, or from which day it counts, by the day on which it began. */
const PLACING = ['feedback.undecidedDays', 'followup.days', 'claim.cohort', 'attach.of', 'publish.from'];

/**
 * Where a later version of a rule set does not know how long a deadline was under the version before it. What begins under the one and is due
 * under the other would be placed by two limits: counted in no quarter, or in two. A published quarter pins one text, so this text has to say it.
 */
export function versionSeams(earlier: RuleSet, later: RuleSet): VersionSeam[] {
  const { from } = later.data.in_force;
  if (from === null) return [];
  const last = addDays(from, -1);
  const known = parametersOf(earlier.data, earlier.catalogue);
  return Object.entries(parametersOf(later.data, later.catalogue)).flatMap(([parameter, { type }]): VersionSeam[] => {
    if (!known[parameter] || (type !== 'workdays' && !PLACING.includes(parameter))) return [];
    const before = parameterOn(earlier, parameter, last);
    const assumed = parameterOn(later, parameter, last);
    return before === assumed ? [] : [{ parameter, from, before, assumed, after: parameterOn(later, parameter, from) }];
  });
}
