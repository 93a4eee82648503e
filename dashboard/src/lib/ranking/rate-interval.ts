import type { Interval } from '@hengjian/models/stats/interval.ts';
import { wilsonInterval } from '@hengjian/models/stats/wilson-interval.ts';

/** Of n out of N; undefined where that is no rate (nothing due, or a count without N). */
export function rateInterval(numerator: number | null, denominator: number | null): Interval | undefined {
  if (!isRate(numerator, denominator)) return undefined;
  return wilsonInterval(numerator!, denominator!);
}

export function isRate(numerator: number | null, denominator: number | null): boolean {
  if (numerator === null || denominator === null || denominator <= 0) return false;
  return Number.isInteger(numerator) && Number.isInteger(denominator) && numerator >= 0 && numerator <= denominator;
}

/** Ends as percentages with one decimal. */
export function intervalText({ lower, upper }: Interval): { lower: string; upper: string } {
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  return { lower: percent(lower), upper: percent(upper) };
}
