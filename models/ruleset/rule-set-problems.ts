/** What is wrong with a rule set whose shape is right: each problem as one clause. */
import type { Model } from '../runner/model.ts';
import { measuresOf, parametersOf } from './bindings.ts';
import type { Catalogue } from './catalogue.ts';
import { twice } from './name-problems.ts';
import { type Parameters, parameterProblem, standingValues } from './parameters.ts';
import type { RuleSetItem, RuleSetPart, RuleSetText } from './schema.ts';

export function ruleSetProblems(rules: RuleSetText, catalogue: Catalogue): string[] {
  const parameters = parametersOf(rules, catalogue);
  const problems = parameterProblems(rules, parameters);
  for (const [what, ids] of [
    ['item', rules.items.map((item) => item.id)],
    ['unit', rules.units.map((unit) => unit.id)],
    ['department', rules.units.flatMap(({ departments = [] }) => departments.map(({ id }) => id))],
  ] as const) {
    for (const id of twice(ids)) problems.push(`${what} ${id} stands twice`);
  }
  for (const { id, departments = [] } of rules.units)
    for (const one of departments)
      if (rules.units.some((unit) => unit.id === one.id))
        problems.push(`department ${one.id} of unit ${id} is a unit itself`);
  for (const item of rules.items) {
    if (item.parts.filter((part) => part.shown).length !== 1 && item.parts.length > 1)
      problems.push(`exactly one part of item ${item.id} must be shown: true (its figures are the item's)`);
    for (const part of item.parts)
      problems.push(
        ...partProblems(part, catalogue, parameters).map((problem) => `part ${part.id} of item ${item.id} ${problem}`),
      );
  }
  for (const table of rules.tables ?? [])
    for (const id of table.items)
      if (!rules.items.some((item) => item.id === id)) problems.push(`table ${table.id} names ${id}, which is no item`);
  return [...problems, ...periodProblems(rules), ...weightProblems(rules.items), ...dutyProblems(rules, catalogue)];
}

function periodProblems({ periods = ['quarter'], items }: RuleSetText): string[] {
  if (!periods.includes('quarter')) return ['periods must name quarter: it is what is published'];
  const scored = items.some(({ weight }) => weight !== undefined);
  return scored && periods.length > 1
    ? [
        'periods may name month and year only where items give no points: points are of a quarter, and its year is year.agg',
      ]
    : [];
}

function parameterProblems(rules: RuleSetText, parameters: Parameters): string[] {
  return Object.entries(rules.parameters).flatMap(([name, standing]) => {
    const parameter = parameters[name];
    if (!parameter) return [`parameter ${name} is unknown; known are ${Object.keys(parameters).join(', ')}`];
    const values = standingValues(standing);
    const found = values.flatMap(({ value }) => parameterProblem(name, parameter, value) ?? []);
    const days = values.map(({ from }) => from ?? '');
    if (days.some((day, i) => i > 0 && day <= days[i - 1]!))
      found.push(`the days from which parameter ${name} is in force must rise`);
    return found;
  });
}

function partProblems(part: RuleSetPart, catalogue: Catalogue, parameters: Parameters): string[] {
  const kind = catalogue.kinds.get(part.kind);
  if (!kind) return [`has the kind ${part.kind}; kinds are ${[...catalogue.kinds.keys()].join(', ')}`];
  const known = new Set(['id', 'kind', 'measure', 'points', 'clause', 'shown', 'lost', ...Object.keys(kind.members)]);
  const problems = Object.keys(part).flatMap((member) =>
    known.has(member) ? [] : [`has ${member}, which a part of kind ${part.kind} does not know`],
  );
  const pointed = kind.pointed !== false;
  if (pointed !== (part.points !== undefined)) problems.push(pointed ? 'needs points' : 'gives no points');
  if (kind.measured !== false && part.measure === undefined) problems.push('needs a measure');
  const unknown = measuresOf(catalogue, part).filter((measure) => !catalogue.measures.has(measure));
  for (const measure of unknown)
    problems.push(`names the measure ${measure}; measures are ${[...catalogue.measures.keys()].join(', ')}`);
  if (unknown.length > 0 || problems.length > 0) return problems;
  return [...lostProblems(part, catalogue), ...(kind.problems?.(part, parameters) ?? [])];
}

function lostProblems(part: RuleSetPart, { kinds, measures }: Catalogue): string[] {
  const kind = kinds.get(part.kind)!;
  const own = part.measure === undefined ? [] : lostOf(measures.get(part.measure)!);
  const { mark, ...rows } = part.lost ?? {};
  return [
    ...Object.values(rows).flatMap((lost) =>
      own.includes(lost) ? [] : [`names the lost kind ${lost}; those of ${part.measure} are ${own.join(', ')}`],
    ),
    ...(mark === undefined || kind.lost?.includes(mark)
      ? []
      : [`names the lost kind ${mark}, which is none of ${part.kind}`]),
    ...(kind.lostKinds?.(part) ?? []).flatMap(({ measure, lost }) =>
      lostOf(measures.get(measure)!).includes(lost)
        ? []
        : [`names the lost kind ${lost}; those of ${measure} are ${lostOf(measures.get(measure)!).join(', ')}`],
    ),
  ];
}

function lostOf(measure: Model): readonly string[] {
  return measure.lost ?? [];
}

/** Points of all items or of none; with points the parts give their item's weight, and the items 100. */
function weightProblems(items: readonly RuleSetItem[]): string[] {
  const weighed = items.filter(({ weight }) => weight !== undefined);
  if (weighed.length === 0)
    return items.flatMap(({ id, parts }) =>
      parts.some(({ points }) => points !== undefined) ? [`item ${id} gives points and has no weight`] : [],
    );
  if (weighed.length < items.length)
    return items.flatMap(({ id, weight }) => (weight === undefined ? [`item ${id} has no weight, others have`] : []));
  const problems = items.flatMap(({ id, weight, parts }) => {
    const sum = parts.reduce((total, part) => total + Math.round((part.points ?? 0) * 1e6), 0);
    return sum === Math.round(weight! * 1e6)
      ? []
      : [`the parts of item ${id} give ${sum / 1e6} points, its weight is ${weight}`];
  });
  const total = items.reduce((sum, item) => sum + Math.round(item.weight! * 1e6), 0);
  if (total !== 100e6) problems.push(`the weights of all items give ${total / 1e6}, not 100`);
  return problems;
}

/** A duty is what the units have; a name that only one side knows is a slip of the pen. */
function dutyProblems(rules: RuleSetText, catalogue: Catalogue): string[] {
  const held = new Set(
    rules.units.flatMap(({ duties, areas = [] }) => [
      ...duties.map((duty) => (typeof duty === 'string' ? duty : duty.duty)),
      ...(areas.length > 0 ? ['double_random'] : []),
    ]),
  );
  const wanted = rules.items.flatMap(({ id, on, duty }) => (on === false ? [] : duty.map((one) => [one, id] as const)));
  const measures = rules.items.flatMap(({ parts }) => parts.flatMap((part) => measuresOf(catalogue, part)));
  const asked = new Set([
    ...rules.items.flatMap(({ duty }) => duty),
    ...(rules.registers ?? []).flatMap(({ entries }) => entries.map(({ duty }) => duty)),
    ...measures.flatMap((measure) => catalogue.measures.get(measure)?.duties ?? []),
  ]);
  return [
    ...[...new Map(wanted.toReversed())].flatMap(([duty, item]) =>
      held.has(duty)
        ? []
        : [`no unit has the duty ${duty} of item ${item}; switch its items off with on: false, or mend the name`],
    ),
    ...[...held].flatMap((duty) => (asked.has(duty) ? [] : [`no item and no measure asks for the duty ${duty}`])),
  ];
}
