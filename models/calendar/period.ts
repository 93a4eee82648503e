/** Periods that are scored, and how they are written: `2025-04`, `2025Q2`, `2025`. The one place that reads and writes them. */
import { addDays, type Day } from './day.ts';

export const PERIOD_TYPES = ['month', 'quarter', 'year'] as const;
export type PeriodType = (typeof PERIOD_TYPES)[number];

export interface Period {
  id: string;
  type: PeriodType;
  year: number;
  start: Day;
  end: Day;
}

const FORM = /^(20[1-9]\d|21\d\d)(?:-(0[1-9]|1[0-2])|Q([1-4]))?$/;
const MONTHS: Record<PeriodType, number> = { month: 1, quarter: 3, year: 12 };

/** @returns null unless `id` is a year from 2010 to 2199, alone, with a month (`-04`) or with a quarter (`Q2`) */
export function parsePeriod(id: string): Period | null {
  const match = FORM.exec(id);
  if (!match) return null;
  const [, digits, month, quarter] = match;
  const type = month ? 'month' : quarter ? 'quarter' : 'year';
  const first = month ? Number(month) : quarter ? 3 * Number(quarter) - 2 : 1;
  const year = Number(digits);
  const end = addDays(firstDay(year * 12 + first - 1 + MONTHS[type]), -1);
  return { id, type, year, start: firstDay(year * 12 + first - 1), end };
}

/** The period of a type that a day lies in. */
export function periodOf(type: PeriodType, day: Day): string {
  return nameOf(type, Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1);
}

/** The period of the same type `step` later, or earlier. */
export function periodBeside({ type, start }: Pick<Period, 'type' | 'start'>, step: number): string {
  return nameOf(type, Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + step * MONTHS[type]);
}

export function quartersOf(year: number): string[] {
  return [1, 2, 3, 4].map((n) => `${year}Q${n}`);
}

/** @param month counted from the beginning of year 0 */
function nameOf(type: PeriodType, month: number): string {
  const year = Math.floor(month / 12);
  const inYear = month - 12 * year;
  if (type === 'year') return String(year);
  return type === 'month' ? `${year}-${twoDigits(inYear + 1)}` : `${year}Q${Math.floor(inYear / 3) + 1}`;
}

const firstDay = (month: number): Day => `${Math.floor(month / 12)}-${twoDigits((month % 12) + 1)}-01`;

const twoDigits = (n: number) => String(n).padStart(2, '0');
