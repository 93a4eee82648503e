import type { Interval } from './interval.ts';

export interface EwmaPoint extends Interval {
  value: number;
  /** The average is outside its limits. */
  alarm: boolean;
}

/**
 * Exponentially weighted moving average: z_i = λx_i + (1−λ)z_{i−1}, z₀ = target, with the exact limits
 * target ± Lσ√(λ/(2−λ) · (1 − (1−λ)^{2i})). Source: Roberts (1959), Technometrics 1:239–250; Montgomery, Introduction to
 * Statistical Quality Control, §9.2.
 *
 * @param sigma of one value
 * @throws RangeError unless 0 < lambda ≤ 1 and sigma ≥ 0
 */
export function ewmaChart(
  values: readonly number[],
  { target, sigma, lambda, width = 3 }: { target: number; sigma: number; lambda: number; width?: number },
): EwmaPoint[] {
  if (!(lambda > 0 && lambda <= 1) || !(sigma >= 0)) throw new RangeError(`no chart with λ ${lambda} and σ ${sigma}`);
  let average = target;
  return values.map((value, index) => {
    average = lambda * value + (1 - lambda) * average;
    const half = width * sigma * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (index + 1))));
    const [lower, upper] = [target - half, target + half];
    return { value: average, lower, upper, alarm: average < lower || average > upper };
  });
}
