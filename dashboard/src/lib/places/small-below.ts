import type { RuleSet } from '@hengjian/models/ruleset/rule-set.ts';

/** Below how many things due a rate of an item is marked as of few: not where every thing there is was counted. */
export function smallBelow({ data }: Pick<RuleSet, 'data'>): (item: string) => number {
  const complete = new Set(
    data.items.filter(({ parts }) => parts.some((part) => part.complete === true)).map(({ id }) => id),
  );
  return (item) => (complete.has(item) ? 0 : data.badges.small_n);
}
