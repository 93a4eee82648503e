import { isDay } from '../calendar/day.ts';
import type { RuleSetText } from './schema.ts';

type Span = { from?: string | null | undefined; to?: string | null | undefined };

/** Days from and to which something holds: each a day of the calendar, the first not after the last. */
export function dayProblems(rules: RuleSetText): string[] {
  return [
    ...spanProblems('in_force', rules.in_force),
    ...rules.units.flatMap((unit) => [
      ...spanProblems(`unit ${unit.id}`, unit),
      ...unit.duties.flatMap((duty) =>
        typeof duty === 'string' ? [] : spanProblems(`the duty ${duty.duty} of unit ${unit.id}`, duty),
      ),
    ]),
    ...Object.entries(rules.parameters).flatMap(([name, standing]) =>
      Array.isArray(standing)
        ? standing.flatMap((one) =>
            typeof one === 'object' ? spanProblems(`parameter ${name}`, { from: one.from }) : [],
          )
        : [],
    ),
  ];
}

function spanProblems(what: string, { from, to }: Span): string[] {
  const wrong = [from, to].filter((day) => day != null && !isDay(day));
  if (wrong.length > 0) return wrong.map((day) => `${what} has ${day}, which is no day of the calendar`);
  return from != null && to != null && from > to ? [`${what} is from ${from} to ${to}, which is before it`] : [];
}
