import type { RuleSet } from './rule-set.ts';
import type { RuleSetPart } from './schema.ts';

/** Whether what a part counts is due by a day: by its measure, or by a parameter of the item that names a number. */
export function hasDeadline(
  { catalogue, parameters }: Pick<RuleSet, 'catalogue' | 'parameters'>,
  item: string,
  part: RuleSetPart | undefined,
): boolean {
  const timed = catalogue.measures.get(part?.measure ?? '')?.timed ?? false;
  const limit = typeof timed === 'string' ? parameters[timed.replace(/^ITEM\b/, item)] : timed;
  return limit !== null && limit !== undefined && limit !== false;
}
