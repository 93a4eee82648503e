import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { findRuleSet } from './load-rule-sets.ts';
import { versionsOf } from './rule-set.ts';
import { ruleSetIds } from './rule-set-ids.ts';

/**
 * What the rule sets in use let the office award: the parts of an item that a mark can decide, with their points. Where
 * several rule sets have an item, the highest maximum counts: the check must refuse nothing that one of them knows.
 * @throws RuleSetError where a rule set is missing or wrong
 */
export function ruleLimits({ dataDir, ruleset }: { dataDir?: string; ruleset?: string }): RuleLimits {
  const marks: Record<string, number> = {};
  for (const id of ruleSetIds(ruleset ?? '')) {
    for (const { id: item, parts } of versionsOf(findRuleSet(id, dataDir)).flatMap(({ data }) => data.items))
      for (const { lost, points } of parts) if (lost?.mark) marks[item] = Math.max(marks[item] ?? 0, points ?? 0);
  }
  return { marks };
}
