import { itemsCounting } from './items-counting.ts';
import type { RuleSet } from './rule-set.ts';

export interface FunnelItems {
  /** Item that counts claims, and whether the rule set has points. */
  claim: string | undefined;
  /** Item that counts feedback; undefined: the rule set expects none. */
  feedback: string | undefined;
  scored: boolean;
}

/** The items behind the two stages of the funnel. */
export function funnelItems(ruleSet: Pick<RuleSet, 'data' | 'scored'>): FunnelItems {
  const itemOf = (...measures: string[]) => itemsCounting(ruleSet, ...measures)[0]?.id;
  return {
    claim: itemOf('claim', 'push_claim'),
    feedback: itemOf('feedback', 'push_feedback'),
    scored: ruleSet.scored,
  };
}
