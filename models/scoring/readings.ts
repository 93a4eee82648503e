/** All admissible readings of the rule (scoring.md §7): every combination of the parameters that are choices of meaning. */
import { BUILTIN } from '../ruleset/catalogue.ts';
import type { ParameterValue } from '../ruleset/parameters.ts';

export type Reading = Readonly<Record<string, ParameterValue>>;

/** Names of the parameters that are choices of meaning. */
export const OPEN = [
  'login.dayBasis',
  'claim.cohort',
  'claim.returned',
  'timely.mode',
  'timely.of',
  'full90.mode',
  'due.source',
  'zeroDue',
  'joint.ge2',
  'realloc.scaleTimely',
] as const;

export function allReadings(): Reading[] {
  let readings: Reading[] = [{}];
  for (const name of OPEN)
    readings = readings.flatMap((reading) => valuesOf(name).map((value) => ({ ...reading, [name]: value })));
  return readings;
}

/** The reading that a rule set itself has chosen. */
export function readingOf(parameters: Readonly<Record<string, ParameterValue>>): Reading {
  return Object.fromEntries(OPEN.map((name) => [name, parameters[name]!]));
}

/** Every reading that differs in one parameter. */
export function neighboursOf(reading: Reading): { parameter: string; value: ParameterValue; reading: Reading }[] {
  return OPEN.flatMap((parameter) =>
    valuesOf(parameter)
      .filter((value) => value !== reading[parameter])
      .map((value) => ({ parameter, value, reading: { ...reading, [parameter]: value } })),
  );
}

function valuesOf(name: (typeof OPEN)[number]): readonly ParameterValue[] {
  const parameter = BUILTIN.parameters[name]!;
  return parameter.type === 'choice' ? parameter.values : [];
}

/**
 * Four builds hold every count that any reading needs, because each measure depends on one or two parameters only.
 * The first is also the one whose other parts (steps, checklists, marks, deductions) are taken.
 */
export const BUILDS: readonly Reading[] = [
  {
    'login.dayBasis': 'workday',
    'claim.cohort': 'due',
    'claim.returned': 'confirmed leaves',
    'due.source': 'union',
    zeroDue: 'full',
    'joint.ge2': 'sub-part full',
    'realloc.scaleTimely': true,
  },
  {
    'login.dayBasis': 'calendar',
    'claim.cohort': 'pushed',
    'claim.returned': 'confirmed leaves',
    'due.source': 'list',
    zeroDue: 'full',
    'joint.ge2': 'sub-part full',
    'realloc.scaleTimely': true,
  },
  {
    'login.dayBasis': 'workday',
    'claim.cohort': 'due',
    'claim.returned': 'counts as handled',
    'due.source': 'platform',
    zeroDue: 'full',
    'joint.ge2': 'sub-part full',
    'realloc.scaleTimely': true,
  },
  {
    'login.dayBasis': 'workday',
    'claim.cohort': 'pushed',
    'claim.returned': 'counts as handled',
    'due.source': 'union',
    zeroDue: 'full',
    'joint.ge2': 'sub-part full',
    'realloc.scaleTimely': true,
  },
];

const DECIDES: Readonly<Record<string, readonly string[]>> = {
  login: ['login.dayBasis'],
  claim: ['claim.cohort', 'claim.returned'],
  licence: ['due.source'],
  dishonest: ['due.source'],
};

/** Which of BUILDS has the counts of `measure` under `reading`. */
export function buildFor(measure: string, reading: Reading): number {
  const names = DECIDES[measure] ?? [];
  return BUILDS.findIndex((build) => names.every((name) => build[name] === reading[name]));
}
