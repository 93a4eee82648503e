/** Quarters such as `2025Q2`: the period that every rule set scores and that is published. */
import type { Day } from './day.ts';
import { type Period, parsePeriod, periodBeside, periodOf } from './period.ts';

export type Quarter = Period & { type: 'quarter' };

/** @returns null unless `id` is a year from 2010 to 2199, `Q` and 1–4. */
export function parseQuarter(id: string): Quarter | null {
  const period = parsePeriod(id);
  return period?.type === 'quarter' ? (period as Quarter) : null;
}

/** The quarter a day lies in. */
export const quarterOf = (day: Day): string => periodOf('quarter', day);

/** −1 for the quarter before, 1 for the one after. */
export const neighbour = (id: string, step: number): string => periodBeside(parseQuarter(id)!, step);
