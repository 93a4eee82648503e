/** What a parameter was and is, by day: for what counts by the rule of the day on which something began. */
import type { Day } from '../calendar/day.ts';
import { parametersOf } from './bindings.ts';
import { defaultOf, type ParameterValue } from './parameters.ts';
import type { RuleSet } from './rule-set.ts';

export interface Standing {
  /** First day; null: from ever. */
  from: Day | null;
  value: ParameterValue;
}

type Rules = Pick<RuleSet, 'data' | 'parameters' | 'overrides' | 'catalogue'>;

/** The earliest first, from ever on; one where it does not change by date. */
export function parameterHistory(ruleSet: Rules, name: string): readonly Standing[] {
  const stands = ruleSet.data.parameters[name];
  const now = [{ from: null, value: ruleSet.parameters[name] ?? null }];
  if (name in ruleSet.overrides || !Array.isArray(stands)) return now;
  const dated = stands.flatMap((one) =>
    typeof one === 'object' ? [{ from: one.from ?? null, value: one.value }] : [],
  );
  if (dated.length === 0) return now;
  const known = parametersOf(ruleSet.data, ruleSet.catalogue)[name];
  return dated[0]!.from === null || !known ? dated : [{ from: null, value: defaultOf(known) }, ...dated];
}

/** The value in force on a day (YYYY-MM-DD). */
export function parameterOn(ruleSet: Rules, name: string, day: Day): ParameterValue {
  return parameterHistory(ruleSet, name).findLast(({ from }) => from === null || from <= day)!.value;
}
