import { parsePeriod } from '../calendar/period.ts';

/** How long a column of the unit map is. */
export const HEAT_SCALES = ['week', 'month', 'quarter'] as const;
export type HeatScale = (typeof HEAT_SCALES)[number];

/** Columns by month and by quarter are only worth a look over more than the period itself: about a year, about two. */
const BACK: Readonly<Record<HeatScale, Readonly<Record<string, number>>>> = {
  week: {},
  month: { month: 12, quarter: 4 },
  quarter: { month: 24, quarter: 8, year: 2 },
};

/** The periods that a map at this scale is made of: `chosen` and those of its type before it, as far as they are known, newest first. */
export function heatPeriods(known: readonly string[], chosen: string, scale: HeatScale): string[] {
  const type = parsePeriod(chosen)?.type ?? '';
  const earlier = known.filter((id) => id < chosen && parsePeriod(id)?.type === type).sort();
  return [chosen, ...earlier.reverse()].slice(0, BACK[scale][type] ?? 1);
}
