import { beta } from './distributions.ts';
import { checkCounts, type Interval } from './interval.ts';

/**
 * Exact interval of a proportion, never below its level; for claims of the kind “at least”.
 * Beta(tail; k, n−k+1) … Beta(1−tail; k+1, n−k). Source: Clopper, Pearson (1934), Biometrika 26:404–413.
 * undefined where there were no trials.
 *
 * @example clopperPearsonInterval(15, 148) // 0.0578 … 0.1617
 */
export function clopperPearsonInterval(events: number, trials: number, level = 0.95): Interval | undefined {
  checkCounts(events, trials);
  if (trials === 0) return undefined;
  const tail = (1 - level) / 2;
  return {
    lower: events === 0 ? 0 : beta.inv(tail, events, trials - events + 1),
    upper: events === trials ? 1 : beta.inv(1 - tail, events + 1, trials - events),
  };
}
