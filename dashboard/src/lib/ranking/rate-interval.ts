import { estimateText } from '@hengjian/contract/estimate-text.ts';
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

/** Ends as percentages. */
export function intervalText({ lower, upper }: Interval): { lower: string; upper: string } {
  return { lower: estimateText(lower), upper: estimateText(upper) };
}
