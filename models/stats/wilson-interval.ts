import { checkCounts, type Interval } from './interval.ts';
import { Z95 } from './z95.ts';

/**
 * Score interval of a proportion: (p̂ + z²/2n ± z√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n).
 * Source: Wilson (1927), JASA 22:209–212. undefined where there were no trials: no rate, rather than 0.
 *
 * @example wilsonInterval(81, 263) // 0.2553 … 0.3662
 */
export function wilsonInterval(events: number, trials: number, z = Z95): Interval | undefined {
  checkCounts(events, trials);
  if (trials === 0) return undefined;
  const p = events / trials;
  const z2 = z * z;
  const middle = p + z2 / (2 * trials);
  const half = z * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  const scale = 1 + z2 / trials;
  return {
    lower: events === 0 ? 0 : Math.max(0, (middle - half) / scale),
    upper: events === trials ? 1 : Math.min(1, (middle + half) / scale),
  };
}
