import { hasDeadline } from './has-deadline.ts';
import type { RuleSet } from './rule-set.ts';

/**
 * Whether rows of a lost kind of an item are due so many workdays after something happened: without a day such a row awaits a
 * holiday notice, and others have no day at all.
 * @param ruleSet with the parameters in force
 */
export function hasWorkdayLimit(
  ruleSet: Pick<RuleSet, 'catalogue' | 'parameters' | 'data'>,
  item: string,
  kind: string,
): boolean {
  const parts = ruleSet.data.items.find(({ id }) => id === item)?.parts ?? [];
  return parts.some((part) => {
    const measure = ruleSet.catalogue.measures.get(part.measure ?? '');
    const inWorkdays = Object.values(measure?.parameters ?? {}).some(({ type }) => type === 'workdays');
    const named = Object.values(part.lost ?? {}).includes(kind) || (measure?.lost?.includes(kind) ?? false);
    return inWorkdays && named && hasDeadline(ruleSet, item, part);
  });
}
