import type { Catalogue } from './catalogue.ts';
import { parameterHistory } from './parameter-history.ts';
import type { RuleSet } from './rule-set.ts';

/** Whether what an item counts by a measure is due by a day, by the parameters in force: by the measure itself, or by a limit or day that they name. */
export function hasDeadline(
  { catalogue, parameters }: Pick<RuleSet, 'catalogue' | 'parameters'>,
  item: string,
  measure: string | undefined,
): boolean {
  const timed = timedBy(catalogue, item, measure);
  return typeof timed === 'string' ? (parameters[timed] ?? null) !== null : timed;
}

/** The same, for what began on some day or other: a limit that was abolished, or begins later, holds for what begins under it. */
export function everHasDeadline(
  ruleSet: Pick<RuleSet, 'catalogue' | 'data' | 'parameters' | 'overrides'>,
  item: string,
  measure: string | undefined,
): boolean {
  const timed = timedBy(ruleSet.catalogue, item, measure);
  return typeof timed === 'string' ? parameterHistory(ruleSet, timed).some(({ value }) => value !== null) : timed;
}

/** By itself or not at all, or the parameter that says it. */
function timedBy(catalogue: Catalogue, item: string, measure: string | undefined): boolean | string {
  const timed = catalogue.measures.get(measure ?? '')?.timed ?? false;
  return typeof timed === 'string' ? timed.replace(/^ITEM\b/, item) : timed;
}
