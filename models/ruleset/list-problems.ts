/** Names in lists of a rule set that name nothing, and lists that must not be empty: a slip of the pen would leave things out without a word. */
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { measuresOf } from './bindings.ts';
import type { Catalogue } from './catalogue.ts';
import type { Parameters } from './parameters.ts';
import type { RuleSetText } from './schema.ts';

/** What a record's type is called as its class (rulesets.md §2). */
const CLASSES: Readonly<Record<string, string>> = {
  'licence.entered': 'licence',
  'penalty.entered': 'dishonest',
  'dishonest.entered': 'dishonest',
};

export function listProblems(rules: RuleSetText, parameters: Parameters, catalogue: Catalogue): string[] {
  const records = textsOf(rules, 'records').flat();
  const known = {
    event_type: { what: 'no event type', names: [...eventTypes.keys()] },
    record: { what: 'none of `records`', names: records },
    record_class: {
      what: 'no class of `records`',
      names: ['licence', 'dishonest', ...records.map((type) => CLASSES[type] ?? type)],
    },
    unit: { what: 'no unit', names: rules.units.map(({ id }) => id) },
  };
  const unknown = Object.keys(rules.parameters).flatMap((name) => {
    const parameter = parameters[name];
    if (parameter?.type !== 'texts' || !parameter.each) return [];
    const { what, names } = known[parameter.each];
    const wrong = textsOf(rules, name)
      .flat()
      .filter((one) => !names.includes(one));
    return [...new Set(wrong)].map((one) => `parameter ${name} names ${one}, which is ${what}`);
  });
  return [...unknown, ...emptyProblems(rules, catalogue)];
}

function emptyProblems(rules: RuleSetText, catalogue: Catalogue): string[] {
  return rules.items.flatMap(({ id, parts }) =>
    [...new Set(parts.flatMap((part) => measuresOf(catalogue, part)))].flatMap((measure) =>
      (catalogue.measures.get(measure)?.needs ?? []).flatMap((name) => {
        const values = textsOf(rules, name);
        return values.length > 0 && values.every((texts) => texts.length > 0)
          ? []
          : [`item ${id} counts ${measure}, which counts nothing unless the parameter ${name} lists something`];
      }),
    ),
  );
}

/** The lists that a parameter is over time; none where the rule set does not say it. */
function textsOf({ parameters }: RuleSetText, name: string): string[][] {
  const standing = parameters[name];
  if (!Array.isArray(standing)) return [];
  const dated = standing.flatMap((one) => (typeof one === 'object' ? [one.value] : []));
  const values = dated.length > 0 ? dated : [standing];
  return values.flatMap((value) => (Array.isArray(value) ? [value.map(String)] : []));
}
