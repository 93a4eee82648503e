import type { RuleSet } from './rule-set.ts';

/**
 * Whether rows of a lost kind of an item are due so many workdays after something happened, whatever the day on which they began: without a
 * day such a row awaits a holiday notice. Where a parameter of the item says whether there is a limit, a row without a day began under none.
 */
export function hasWorkdayLimit(ruleSet: Pick<RuleSet, 'catalogue' | 'data'>, item: string, kind: string): boolean {
  const parts = ruleSet.data.items.find(({ id }) => id === item)?.parts ?? [];
  return parts.some((part) => {
    const measure = ruleSet.catalogue.measures.get(part.measure ?? '');
    const inWorkdays = Object.values(measure?.parameters ?? {}).some(({ type }) => type === 'workdays');
    const named = Object.values(part.lost ?? {}).includes(kind) || (measure?.lost?.includes(kind) ?? false);
    return inWorkdays && named && measure?.timed === true;
  });
}
