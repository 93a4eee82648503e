/** Does the model age? The figures month by month, and how far the scores moved away from those of the training. */
import { type Auc, aucDelong } from './auc-delong.ts';
import { weightedMean } from './calibration.ts';
import { monthOf } from './parse-day.ts';

export interface MonthDrift {
  /** YYYY-MM */
  month: string;
  n: number;
  hits: number;
  /** Mean outcome and mean score; the ratio of the two should stay near 1. */
  observed: number;
  expected: number;
  auc: Auc | undefined;
}

export function scoreDrift(
  y: ArrayLike<number>,
  score: ArrayLike<number>,
  day: ArrayLike<number>,
  weights?: ArrayLike<number>,
): MonthDrift[] {
  const rows = Map.groupBy(
    Array.from({ length: y.length }, (_, i) => i),
    (i) => monthOf(day[i]!),
  );
  return [...rows.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, at]) => {
      const pick = (values: ArrayLike<number>) => at.map((i) => values[i]!);
      const w = weights && pick(weights);
      return {
        month,
        n: at.length,
        hits: at.reduce((sum, i) => sum + y[i]!, 0),
        observed: weightedMean(pick(y), w),
        expected: weightedMean(pick(score), w),
        auc: aucDelong(pick(y), pick(score), w),
      };
    });
}

/**
 * Population stability index Σ (aᵢ − eᵢ) ln(aᵢ / eᵢ) over ten classes cut at the deciles of the expected scores; half a row is
 * added to each class, so that an empty one stays finite. Custom: below 0.1 stable, above 0.25 another population.
 * Source: Siddiqi, Credit Risk Scorecards, 2006, ch. 9 (Jeffreys' divergence, Kullback & Leibler 1951).
 */
export function stabilityIndex(expected: ArrayLike<number>, actual: ArrayLike<number>): number {
  const sorted = Float64Array.from(expected).sort();
  const edges = Array.from({ length: 9 }, (_, k) => sorted[Math.floor(((k + 1) * sorted.length) / 10)]!);
  const shares = (values: ArrayLike<number>): number[] => {
    const counts = new Array<number>(10).fill(0.5);
    for (let i = 0; i < values.length; i++) counts[edges.filter((edge) => values[i]! >= edge).length]!++;
    return counts.map((count) => count / (values.length + 5));
  };
  const [e, a] = [shares(expected), shares(actual)];
  return e.reduce((sum, share, k) => sum + (a[k]! - share) * Math.log(a[k]! / share), 0);
}
