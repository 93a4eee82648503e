import { ibeta } from './distributions.ts';
import type { Interval } from './interval.ts';

/**
 * Control limits of a funnel plot of proportions at one size: for a tail q, r is the smallest whole number with
 * P(R ≤ r) > q, α = (P(R ≤ r) − q) / P(R = r), limit (r − α) / n, R ~ Binomial(n, target); cut off at 0 and 1.
 * Source: Spiegelhalter (2005), Statistics in Medicine 24:1185–1202, appendix A.1.1.
 *
 * @param tail on each side, for example 0.025 (2σ) or 0.001 (3σ)
 * @throws RangeError if the size is no whole number of at least 1, or the target not between 0 and 1
 */
export function funnelLimits(target: number, size: number, tail: number): Interval {
  if (!Number.isInteger(size) || size < 1 || !(target > 0 && target < 1))
    throw new RangeError(`no funnel limits for a target of ${target} at size ${size}`);
  return {
    lower: Math.max(0, limit(target, size, tail)),
    upper: Math.min(1, limit(target, size, 1 - tail)),
  };
}

function limit(target: number, size: number, q: number): number {
  // Bisection for r: the binomial distribution function is the complement of the incomplete beta function.
  let [below, r] = [-1, size];
  while (r - below > 1) {
    const middle = Math.floor((below + r) / 2);
    if (cumulative(target, size, middle) > q) r = middle;
    else below = middle;
  }
  const up = cumulative(target, size, r);
  const exactly = up - (r === 0 ? 0 : cumulative(target, size, r - 1));
  return (r - (up - q) / exactly) / size;
}

/** P(R ≤ r) */
function cumulative(target: number, size: number, r: number): number {
  return r >= size ? 1 : 1 - ibeta(target, r + 1, size - r);
}
