import { checkCounts, type Interval } from './interval.ts';
import { wilsonInterval } from './wilson-interval.ts';
import { Z95 } from './z95.ts';

/**
 * Interval of a difference of two independent proportions p₁ − p₂ from their Wilson intervals (l, u):
 * d − √((p₁−l₁)² + (u₂−p₂)²) … d + √((u₁−p₁)² + (p₂−l₂)²).
 * Source: Newcombe (1998), Statistics in Medicine 17:873–890, method 10. undefined where either has no trials.
 *
 * @example newcombeInterval(56, 70, 48, 80) // 0.0524 … 0.3339
 */
export function newcombeInterval(
  events1: number,
  trials1: number,
  events2: number,
  trials2: number,
  z = Z95,
): Interval | undefined {
  checkCounts(events1, trials1);
  checkCounts(events2, trials2);
  const first = wilsonInterval(events1, trials1, z);
  const second = wilsonInterval(events2, trials2, z);
  if (!first || !second) return undefined;
  const p1 = events1 / trials1;
  const p2 = events2 / trials2;
  return {
    lower: p1 - p2 - Math.hypot(p1 - first.lower, second.upper - p2),
    upper: p1 - p2 + Math.hypot(first.upper - p1, p2 - second.lower),
  };
}
