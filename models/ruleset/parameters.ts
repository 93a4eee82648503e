/** The parameters an office argues about (scoring.md §7): each with its admissible values, the default first. */
export interface ChoiceParameter {
  kind: 'choice';
  values: readonly (string | boolean)[];
}
export interface NumberParameter {
  kind: 'number';
  fallback: number;
  minimum: number;
  maximum: number;
  integer: boolean;
}
export type Parameter = ChoiceParameter | NumberParameter;
export type ParameterValue = string | number | boolean;

const choice = (...values: (string | boolean)[]): ChoiceParameter => ({ kind: 'choice', values });
const days = (fallback: number, maximum = 120): NumberParameter => ({
  kind: 'number',
  fallback,
  minimum: 0,
  maximum,
  integer: true,
});

export const PARAMETERS: Readonly<Record<string, Parameter>> = {
  'login.dayBasis': choice('workday', 'calendar'),
  'claim.cohort': choice('due', 'pushed'),
  'claim.deadlineWorkdays': days(5),
  'claim.returned': choice('confirmed leaves', 'counts as handled'),
  'feedback.deadlineWorkdays': days(7),
  'feedback.undecidedDays': days(60, 366),
  'register.deadlineWorkdays': days(7),
  'publication.deadlineWorkdays': days(20),
  'timely.mode': choice('share', 'all'),
  'timely.of': choice('claimed', 'due'),
  'full90.mode': choice('jump', 'scaled'),
  'due.source': choice('union', 'list', 'platform'),
  zeroDue: choice('full', 'reallocate'),
  'unlicensed.one': { kind: 'number', fallback: 2.5, minimum: 0, maximum: 100, integer: false },
  'joint.ge2': choice('sub-part full', 'item full'),
  'realloc.scaleTimely': choice(true, false),
  'cutoff.graceWorkdays': days(7),
  'objection.fileWorkdays': days(5),
  'objection.answerWorkdays': days(5),
  'year.agg': choice('mean of published quarters', 'weighted', 'last'),
  'rank.tie': choice('competition'),
};

/** What is wrong with a value, or null. */
export function parameterProblem(name: string, value: unknown): string | null {
  const parameter = PARAMETERS[name];
  if (!parameter) return `parameter ${name} is unknown; known are ${Object.keys(PARAMETERS).join(', ')}`;
  if (parameter.kind === 'choice') {
    if (parameter.values.includes(value as string | boolean)) return null;
    return `parameter ${name} is ${JSON.stringify(value)}; it must be one of ${parameter.values.map((v) => JSON.stringify(v)).join(', ')}`;
  }
  const fits =
    typeof value === 'number' &&
    value >= parameter.minimum &&
    value <= parameter.maximum &&
    (!parameter.integer || Number.isInteger(value));
  if (fits) return null;
  return `parameter ${name} is ${JSON.stringify(value)}; it must be a${parameter.integer ? ' whole' : ''} number from ${parameter.minimum} to ${parameter.maximum}`;
}

export function defaultOf(name: string): ParameterValue {
  const parameter = PARAMETERS[name]!;
  return parameter.kind === 'choice' ? parameter.values[0]! : parameter.fallback;
}
