import type { RuleSet } from './rule-set.ts';
import type { RuleSetItem } from './schema.ts';

/** The items of a rule set that are in use and count one of the measures, in their order. */
export const itemsCounting = ({ data }: Pick<RuleSet, 'data'>, ...measures: readonly string[]): RuleSetItem[] =>
  data.items.filter(
    ({ on, parts }) => on !== false && parts.some(({ measure }) => measure !== undefined && measures.includes(measure)),
  );
