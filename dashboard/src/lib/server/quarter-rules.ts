import { parsePeriod } from '@hengjian/models/calendar/period.ts';
import { type RuleSet, ruleSetOn } from '@hengjian/models/ruleset/rule-set.ts';

/** The reader's rule set as it scores a period: in force on its last day; as it stands today where there is no period. */
export function quarterRules({ parts, ruleset }: App.Locals, quarter: string | undefined): RuleSet {
  const period = quarter === undefined ? undefined : parsePeriod(quarter);
  return period ? ruleSetOn(parts.acts.project(ruleset).ruleSet, period.end) : parts.standingRules(ruleset);
}
