/** Which measures a rule set counts, and for which item where a measure has parameters of the item. */
import type { Model } from '../runner/model.ts';
import type { Catalogue } from './catalogue.ts';
import type { Parameters } from './parameters.ts';
import type { RuleSetItem, RuleSetPart, RuleSetText } from './schema.ts';

export interface Binding {
  /** Its name in the ledger: the measure's, or `measure:item`. */
  id: string;
  measure: string;
  /** Null where the measure counts the same for every item. */
  item: string | null;
}

/** A measure that reads `ITEM.…` is counted for each item that uses it. */
export function isPerItem(measure: Model): boolean {
  return (
    Object.keys(measure.parameters ?? {}).some((name) => name.startsWith('ITEM.')) ||
    measure.vars.some(({ name }) => name.startsWith('ITEM.'))
  );
}

export function bindingOf(measures: ReadonlyMap<string, Model>, measure: string, item: string): Binding {
  const perItem = isPerItem(measures.get(measure)!);
  return perItem ? { id: `${measure}:${item}`, measure, item } : { id: measure, measure, item: null };
}

export function measuresOf({ kinds }: Catalogue, part: RuleSetPart): string[] {
  return [...(part.measure === undefined ? [] : [part.measure]), ...(kinds.get(part.kind)?.measures?.(part) ?? [])];
}

/** In the order of the items; measures that are switched off with their item are counted all the same. */
export function bindingsOf(rules: Pick<RuleSetText, 'items'>, catalogue: Catalogue): Binding[] {
  const found = new Map<string, Binding>();
  for (const item of rules.items)
    for (const measure of item.parts.flatMap((part) => measuresOf(catalogue, part))) {
      const binding = bindingOf(catalogue.measures, measure, item.id);
      found.set(binding.id, binding);
    }
  return [...found.values()];
}

/** All parameters a rule set may set: the common ones, and those of each item by its measures. */
export function parametersOf(rules: Pick<RuleSetText, 'items'>, catalogue: Catalogue): Parameters {
  const found: Record<string, Parameters[string]> = { ...catalogue.parameters };
  for (const item of rules.items) Object.assign(found, itemParameters(item, catalogue));
  return found;
}

function itemParameters(item: RuleSetItem, catalogue: Catalogue): Parameters {
  const declared = item.parts
    .flatMap((part) => measuresOf(catalogue, part))
    .flatMap((measure) => Object.entries(catalogue.measures.get(measure)?.parameters ?? {}));
  return Object.fromEntries(
    declared.flatMap(([name, parameter]) =>
      name.startsWith('ITEM.') ? [[`${item.id}.${name.slice('ITEM.'.length)}`, parameter]] : [],
    ),
  );
}
