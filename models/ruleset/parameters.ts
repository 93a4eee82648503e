/**
 * Parameters of rule sets: what an office may decide. Measures and kinds declare theirs in their own files; the few that
 * concern a whole rule set stand here (scoring.md §3, §7).
 */
import { type Static, Type } from 'typebox';
import { isDay } from '../calendar/day.ts';

const closed = { additionalProperties: false } as const;
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

export const ParameterSchema = Type.Union([
  /** One of a few values, the first is the default. */
  Type.Object(
    { type: Type.Literal('choice'), values: Type.Array(Type.Union([Type.String(), Type.Boolean()]), { minItems: 1 }) },
    closed,
  ),
  Type.Object(
    {
      type: Type.Literal('number'),
      default: Type.Number(),
      minimum: Type.Number(),
      maximum: Type.Number(),
      integer: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
  /** The length of a deadline; null is no deadline. */
  Type.Object(
    {
      type: Type.Literal('workdays'),
      default: Type.Union([Type.Integer({ minimum: 0, maximum: 120 }), Type.Null()]),
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('day'), default: Type.Union([Day, Type.Null()]) }, closed),
  /** A list of texts; `of` limits what may stand in it, `each` says what they name (name-problems.ts). */
  Type.Object(
    {
      type: Type.Literal('texts'),
      default: Type.Array(Type.String()),
      of: Type.Optional(Type.Array(Type.String())),
      each: Type.Optional(
        Type.Union([
          Type.Literal('record_type'),
          Type.Literal('record'),
          Type.Literal('record_class'),
          Type.Literal('unit'),
        ]),
      ),
    },
    closed,
  ),
]);
export type Parameter = Static<typeof ParameterSchema>;
export type ParameterValue = string | number | boolean | null | readonly string[];
export type Parameters = Readonly<Record<string, Parameter>>;

/** Parameters of no measure and no kind. */
export const RULE_SET_PARAMETERS: Parameters = {
  zeroDue: { type: 'choice', values: ['full', 'reallocate'] },
  'realloc.scaleTimely': { type: 'choice', values: [true, false] },
  'cutoff.graceWorkdays': { type: 'number', default: 7, minimum: 0, maximum: 120, integer: true },
  'objection.fileWorkdays': { type: 'number', default: 5, minimum: 0, maximum: 120, integer: true },
  'objection.answerWorkdays': { type: 'number', default: 5, minimum: 0, maximum: 120, integer: true },
  'year.agg': { type: 'choice', values: ['mean of published quarters', 'weighted', 'last'] },
  'rank.tie': { type: 'choice', values: ['competition'] },
  'rank.by': { type: 'choice', values: ['on_time', 'done'] },
};

/** What is wrong with a value, or null. */
export function parameterProblem(name: string, parameter: Parameter, value: unknown): string | null {
  const must = mustBe(parameter, value);
  return must && `parameter ${name} is ${JSON.stringify(value)}; it must be ${must}`;
}

function mustBe(parameter: Parameter, value: unknown): string | null {
  switch (parameter.type) {
    case 'choice':
      if (parameter.values.includes(value as string | boolean)) return null;
      return `one of ${parameter.values.map((one) => JSON.stringify(one)).join(', ')}`;
    case 'number': {
      const { minimum, maximum, integer = false } = parameter;
      if (within(value, minimum, maximum) && (!integer || Number.isInteger(value))) return null;
      return `a${integer ? ' whole' : ''} number from ${minimum} to ${maximum}`;
    }
    case 'workdays':
      if (value === null || (within(value, 0, 120) && Number.isInteger(value))) return null;
      return 'a whole number from 0 to 120, or null for no deadline';
    case 'day':
      if (value === null || (typeof value === 'string' && isDay(value))) return null;
      return 'a day like 2025-07-01, or null for none';
    case 'texts': {
      const { of } = parameter;
      if (Array.isArray(value) && value.every((one) => typeof one === 'string' && (!of || of.includes(one))))
        return null;
      return of ? `a list of ${of.join(', ')}` : 'a list of texts';
    }
  }
}

function within(value: unknown, minimum: number, maximum: number): boolean {
  return typeof value === 'number' && value >= minimum && value <= maximum;
}

/** The values under a parameter's name: one, or those that follow each other by day. */
export function standingValues(standing: unknown): { from?: string | null; value: unknown }[] {
  if (standing === undefined) return [];
  const dated = Array.isArray(standing) && standing.some((one) => typeof one === 'object');
  return dated ? (standing as { from?: string | null; value: unknown }[]) : [{ value: standing }];
}

export function defaultOf(parameter: Parameter): ParameterValue {
  return parameter.type === 'choice' ? parameter.values[0]! : parameter.default;
}
