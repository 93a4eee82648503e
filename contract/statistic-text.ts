import { roundExact } from './round-exact.ts';

/**
 * A figure that is no score (a statistic, seconds, MiB), with that many decimals: rounded as points are, so that no number
 * is rounded in two ways. What is no number reads `–`.
 */
export function statisticText(value: number, digits: number): string {
  return Number.isFinite(value) ? roundExact(value, digits) : '–';
}
