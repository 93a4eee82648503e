/** Items by which nothing could ever be due, since the rule set leaves out what their measures choose from. */
import { measuresOf } from './bindings.ts';
import type { Catalogue } from './catalogue.ts';
import { standingValues } from './parameters.ts';
import type { RuleSetItem, RuleSetText } from './schema.ts';

/** Lists without which a measure that reads them finds nothing; of the measures named only, where others do without. */
const LISTS: readonly { parameter: string; of?: readonly string[] }[] = [
  { parameter: 'records' },
  { parameter: 'claim.buckets' },
  { parameter: 'libraries' },
  { parameter: 'publish.types', of: ['record_publication'] },
];

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

function emptyLists({ id }: RuleSetItem, measure: string, rules: RuleSetText, catalogue: Catalogue): string[] {
  const declared = catalogue.measures.get(measure)?.parameters ?? {};
  return LISTS.flatMap(({ parameter, of }) => {
    const found = declared[parameter];
    if (found?.type !== 'texts' || (of && !of.includes(measure))) return [];
    const standing = rules.parameters[parameter];
    const values = standing === undefined ? [{ value: found.default }] : standingValues(standing);
    return values.some(({ value }) => !Array.isArray(value) || value.length > 0)
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
