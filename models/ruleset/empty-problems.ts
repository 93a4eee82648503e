/** Items by which nothing could ever be due, since the rule set leaves out what their measures choose from. */
import { measuresOf } from './bindings.ts';
import type { Catalogue } from './catalogue.ts';
import { standingValues } from './parameters.ts';
import type { RuleSetItem, RuleSetText } from './schema.ts';

export function emptyProblems(rules: RuleSetText, catalogue: Catalogue): string[] {
  return rules.items
    .filter(({ on }) => on !== false)
    .flatMap((item) => {
      const measures = new Set(item.parts.flatMap((part) => measuresOf(catalogue, part)));
      return [...measures].flatMap((measure) => [
        ...emptyLists(item, measure, rules, catalogue),
        ...emptySections(item, measure, rules, catalogue),
      ]);
    });
}

/** Lists that the measure's header names under `needs`. */
function emptyLists({ id }: RuleSetItem, measure: string, rules: RuleSetText, catalogue: Catalogue): string[] {
  const { needs = [], parameters = {} } = catalogue.measures.get(measure) ?? {};
  return needs.flatMap((parameter) => {
    const declared = parameters[parameter];
    const standing = rules.parameters[parameter] ?? (declared?.type === 'texts' ? declared.default : []);
    return standingValues(standing).some(({ value }) => Array.isArray(value) && value.length > 0)
      ? []
      : [`item ${id} counts ${measure}, by which nothing is ever due without a list in parameters under ${parameter}`];
  });
}

/** What the rule set says outside of its parameters, and a measure reads as a table. */
function emptySections({ id }: RuleSetItem, measure: string, rules: RuleSetText, catalogue: Catalogue): string[] {
  const reads = (name: string) => catalogue.measures.get(measure)?.refs.some((ref) => ref.name === name) ?? false;
  const none = (section: string) =>
    `item ${id} counts ${measure}, by which nothing is ever due without ${section} (docs/rule-sets.md)`;
  return [
    ...(reads('ruleset_libraries') && Object.keys(rules.libraries ?? {}).length === 0 ? [none('libraries')] : []),
    ...(reads('int_register_entries') &&
    !rules.registers?.some((one) => one.measure === measure && one.entries.length > 0)
      ? [none(`registers with entries of ${measure}`)]
      : []),
  ];
}
