/**
 * Brier score, the mean of (p − y)², and its skill 1 − Brier / reference, where the reference always says the base rate of
 * these very rows: ȳ(1 − ȳ). Skill 1 is perfect, 0 no better than the base rate.
 * Sources: Brier, Monthly Weather Review 78 (1950) 1–3; Murphy, J. Appl. Meteorol. 12 (1973) 595–600.
 */
import { weightedMean } from './calibration.ts';

export interface BrierScore {
  value: number;
  reference: number;
  /** undefined where all outcomes are the same. */
  skill: number | undefined;
}

export function brierScore(y: ArrayLike<number>, score: ArrayLike<number>, weights?: ArrayLike<number>): BrierScore {
  const value = weightedMean(
    Float64Array.from({ length: y.length }, (_, i) => (score[i]! - y[i]!) ** 2),
    weights,
  );
  const base = weightedMean(y, weights);
  const reference = base * (1 - base);
  return { value, reference, skill: reference === 0 ? undefined : 1 - value / reference };
}
