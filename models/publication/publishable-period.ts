import type { Period } from '../calendar/period.ts';
import type { RuleSet } from '../ruleset/rule-set.ts';
import { periodOrError } from '../scoring/score-quarter.ts';
import { RefusedAct } from './refused-act.ts';

const IN_WORDS = { month: 'a month', quarter: 'a quarter', year: 'a year' } as const;

/**
 * A quarter, or a month or year where the rule set keeps these up to date (`periods`).
 * @throws CommandError where `id` is no period; RefusedAct where the rule set has no periods of this type
 */
export function publishablePeriod({ id: ruleset, periods }: RuleSet, id: string): Period {
  const period = periodOrError(id);
  if (periods.includes(period.type)) return period;
  throw new RefusedAct(
    'period_not_kept',
    { quarter: id, ruleset, periods: periods.join(',') },
    `${id} cannot be published under ${ruleset}: it is ${IN_WORDS[period.type]}, and this rule set is published by ${periods.join(', ')}. A rule set without points may name month and year in \`periods\`.`,
  );
}
