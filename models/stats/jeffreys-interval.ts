import { beta } from './distributions.ts';
import { checkCounts, type Interval } from './interval.ts';

/**
 * Equal-tailed interval of Beta(k + ½, n − k + ½); lower end 0 for k = 0, upper end 1 for k = n.
 * Source: Brown, Cai, DasGupta (2001), Statistical Science 16:101–133, §4.1. undefined where there were no trials.
 *
 * @param level coverage, for example 0.95
 * @example jeffreysInterval(0, 7) // 0 … 0.292
 */
export function jeffreysInterval(events: number, trials: number, level = 0.95): Interval | undefined {
  checkCounts(events, trials);
  if (trials === 0) return undefined;
  const [a, b] = [events + 0.5, trials - events + 0.5];
  const tail = (1 - level) / 2;
  return {
    lower: events === 0 ? 0 : beta.inv(tail, a, b),
    upper: events === trials ? 1 : beta.inv(1 - tail, a, b),
  };
}
