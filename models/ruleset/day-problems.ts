/** Days in a rule set that no calendar has, and spans that end before they begin. */
import { isDay } from '../calendar/day.ts';
import { standingValues } from './parameters.ts';
import type { RuleSetText } from './schema.ts';

interface Span {
  from?: string | null | undefined;
  to?: string | null | undefined;
}

export function dayProblems({ in_force, units, parameters }: RuleSetText): string[] {
  return [
    ...spanProblems('in_force', in_force),
    ...units.flatMap(({ id, duties, ...span }) => [
      ...spanProblems(`unit ${id}`, span),
      ...duties.flatMap((one) =>
        typeof one === 'string' ? [] : spanProblems(`unit ${id}, duty ${one.duty}:`, { from: one.from, to: one.to }),
      ),
    ]),
    ...Object.entries(parameters).flatMap(([name, standing]) =>
      standingValues(standing).flatMap(({ from }) => spanProblems(`parameter ${name}`, { from })),
    ),
    ...windowProblems(parameters),
  ];
}

function spanProblems(what: string, span: Span): string[] {
  const wrong = (['from', 'to'] as const).flatMap((end) => {
    const day = span[end];
    return day == null || isDay(day) ? [] : [`${what} has ${end}: ${day}, which is no day of the calendar`];
  });
  if (wrong.length > 0) return wrong;
  const { from, to } = span;
  return from != null && to != null && from > to ? [`${what} begins on ${from}, after it ends on ${to}`] : [];
}

/** Two parameters `X.from` and `X.to` are a window, as that of the stock of old records. */
function windowProblems(parameters: RuleSetText['parameters']): string[] {
  return Object.entries(parameters).flatMap(([name, from]) => {
    const end = name.replace(/\.from$/, '.to');
    const to = end === name ? undefined : parameters[end];
    return typeof from === 'string' && typeof to === 'string' && from > to
      ? [`parameter ${name} is ${from}, after ${end}, which is ${to}: nothing lies between`]
      : [];
  });
}
