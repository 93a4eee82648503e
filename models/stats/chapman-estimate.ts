import type { Interval } from './interval.ts';
import { Z95 } from './z95.ts';

export interface PopulationEstimate extends Interval {
  /** N̂ */
  size: number;
}

/**
 * How many there are, from two lists and what both hold: N̂ = (n+1)(K+1)/(k+1) − 1, with the transformed-logit interval
 * n + K − k − ½ + (K−k+½)(n−k+½)/(k+½) · exp(± zσ), σ² = 1/(k+½) + 1/(K−k+½) + 1/(n−k+½) + (k+½)/((n−k+½)(K−k+½)).
 * Both lists must be drawn independently of each other, or the estimate is too small. Sources: Chapman (1951), University
 * of California Publications in Statistics 1:131–160; Sadinle (2009), Communications in Statistics 38:1909–1924.
 *
 * @throws RangeError if both hold more than one of the lists
 * @example chapmanEstimate(10, 15, 5) // 28.3, 22 … 65
 */
export function chapmanEstimate(first: number, second: number, both: number, z = Z95): PopulationEstimate {
  if (![first, second, both].every(Number.isInteger) || both < 0 || both > Math.min(first, second))
    throw new RangeError(`lists of ${first} and ${second} cannot share ${both}`);
  const [shared, onlyFirst, onlySecond] = [both + 0.5, first - both + 0.5, second - both + 0.5];
  const sigma = Math.sqrt(1 / shared + 1 / onlyFirst + 1 / onlySecond + shared / (onlyFirst * onlySecond));
  const seen = first + second - both - 0.5;
  const unseen = (onlyFirst * onlySecond) / shared;
  return {
    size: ((first + 1) * (second + 1)) / (both + 1) - 1,
    lower: seen + unseen * Math.exp(-z * sigma),
    upper: seen + unseen * Math.exp(z * sigma),
  };
}
