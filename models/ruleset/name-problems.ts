/** Names in a rule set of things that it does not declare itself or that stand elsewhere in it: a slip of the pen would count nothing, without a word. */
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { measuresOf, parametersOf } from './bindings.ts';
import type { Catalogue } from './catalogue.ts';
import { type Parameter, standingValues } from './parameters.ts';
import type { RuleSetItem, RuleSetText } from './schema.ts';

interface Vocabulary {
  /** Follows “which is”. */
  what: string;
  names(rules: RuleSetText): readonly string[];
}

/** What the texts of a parameter name, as its measure's header says under `each`. */
const EACH: Readonly<Record<NonNullable<Extract<Parameter, { type: 'texts' }>['each']>, Vocabulary>> = {
  record_type: { what: 'no event type with a day of decision (docs/events.md)', names: () => RECORD_TYPES },
  record: { what: 'none of the types under records', names: recordsOf },
  record_class: {
    what: 'no class of the types under records (licence, dishonest, else the type)',
    names: (rules) => recordsOf(rules).map(classOf),
  },
  unit: { what: 'no unit', names: ({ units }) => units.map(({ id }) => id) },
};

type Members = Readonly<Record<string, { enum?: readonly string[]; type?: string }>>;
const membersOf = (type: string) => (eventTypes.get(type)!.data as unknown as { properties: Members }).properties;

const RECORD_TYPES = [...eventTypes.keys()].filter((type) => 'decided_on' in membersOf(type));
/** What `int_register_entries` reads. */
const REGISTER_TYPES = ['licence.entered', 'penalty.entered', 'dishonest.entered'];
const LISTS = membersOf('quarter_list.submitted').kind!.enum!;
const LIBRARIES = membersOf('library.updated').library!.enum!;
const APPROVALS = Object.entries(membersOf('library.updated')).flatMap(([name, { type }]) =>
  type === 'boolean' ? [name] : [],
);

/** As `int_record_entries` has it (rulesets.md §2). */
function classOf(type: string): string {
  if (type === 'licence.entered') return 'licence';
  return type === 'penalty.entered' || type === 'dishonest.entered' ? 'dishonest' : type;
}

function recordsOf({ parameters }: RuleSetText): string[] {
  return standingValues(parameters.records).flatMap(({ value }) => (Array.isArray(value) ? value : []));
}

export function nameProblems(rules: RuleSetText, catalogue: Catalogue): string[] {
  return [
    ...parameterNames(rules, catalogue),
    ...libraryNames(rules),
    ...registerNames(rules, catalogue),
    ...repeatedNames(rules),
  ];
}

function parameterNames(rules: RuleSetText, catalogue: Catalogue): string[] {
  return Object.entries(parametersOf(rules, catalogue)).flatMap(([name, parameter]) => {
    if (parameter.type !== 'texts' || !parameter.each) return [];
    const { what, names } = EACH[parameter.each];
    const known = new Set(names(rules));
    // Without records, that is said once (`emptyProblems`).
    if (known.size === 0) return [];
    const reader = rules.items.find((item) => reads(item, name, catalogue));
    const suffix = reader ? ` (item ${reader.id} reads it)` : '';
    const given = standingValues(rules.parameters[name]).flatMap(({ value }) => (Array.isArray(value) ? value : []));
    return [...new Set(given)].flatMap((one) =>
      known.has(one) ? [] : [`parameter ${name} names ${one}, which is ${what}${suffix}`],
    );
  });
}

function reads({ id, parts }: RuleSetItem, parameter: string, catalogue: Catalogue): boolean {
  return parts
    .flatMap((part) => measuresOf(catalogue, part))
    .flatMap((measure) => Object.keys(catalogue.measures.get(measure)?.parameters ?? {}))
    .some((name) => name.replace(/^ITEM\b/, id) === parameter);
}

function libraryNames({ libraries = {} }: RuleSetText): string[] {
  return Object.entries(libraries).flatMap(([id, { approvals = [] }]) => [
    ...(LIBRARIES.includes(id) ? [] : [`library ${id} is none that events speak of: ${LIBRARIES.join(', ')}`]),
    ...approvals.flatMap((one) =>
      APPROVALS.includes(one)
        ? []
        : [`library ${id} asks for ${one}, which is no approval of library.updated: ${APPROVALS.join(', ')}`],
    ),
  ]);
}

function registerNames(rules: RuleSetText, catalogue: Catalogue): string[] {
  const held = new Set(
    rules.units.flatMap(({ duties }) => duties.map((one) => (typeof one === 'string' ? one : one.duty))),
  );
  return (rules.registers ?? []).flatMap(({ measure, list, entries }) => {
    const items = rules.items.filter(({ parts }) =>
      parts.some((part) => measuresOf(catalogue, part).includes(measure)),
    );
    const isOn = items.some(({ on }) => on !== false);
    return [
      ...(items.length > 0 ? [] : [`register ${measure} is of a measure that no item counts`]),
      ...(LISTS.includes(list)
        ? []
        : [`register ${measure} names the list ${list}; kinds of list are ${LISTS.join(', ')}`]),
      ...entries.flatMap(({ type, duty }) => [
        ...(REGISTER_TYPES.includes(type)
          ? []
          : [`register ${measure} names ${type}; registers are of ${REGISTER_TYPES.join(', ')}`]),
        ...(isOn && !held.has(duty) ? [`register ${measure} names the duty ${duty}, which no unit has`] : []),
      ]),
    ];
  });
}

function repeatedNames({ items, tables = [], registers = [] }: RuleSetText): string[] {
  return [
    ...items.flatMap(({ id, parts }) =>
      [...twice(parts.map((part) => part.id))].map((part) => `part ${part} of item ${id} stands twice`),
    ),
    ...[...twice(tables.map(({ id }) => id))].map((id) => `table ${id} stands twice`),
    ...tables.flatMap((table) => [...twice(table.items)].map((item) => `table ${table.id} names ${item} twice`)),
    ...[...twice(registers.map(({ measure }) => measure))].map((measure) => `register ${measure} stands twice`),
  ];
}

/** Those that stand more than once. */
export const twice = (names: readonly string[]) => new Set(names.filter((name, i) => names.indexOf(name) !== i));
