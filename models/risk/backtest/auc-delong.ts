import { Z95 } from '../../stats/z95.ts';

/**
 * Area under the ROC curve, AUC = P(s⁺ > s⁻) + ½ P(s⁺ = s⁻), with DeLong's variance, and the difference of two scores of the
 * same rows.
 *
 * Sources: DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988) 837–845; computed over sorted scores in O(n log n) as Sun & Xu,
 * IEEE Signal Process. Lett. 21 (2014) 1389–1393. With design weights (inverse inclusion probabilities) the components are
 * weighted means and the variance is that of the linearised ratio; equal weights give DeLong's own figures.
 */
export interface Auc {
  value: number;
  standardError: number;
  /** 95 % interval, cut at 0 and 1. */
  low: number;
  high: number;
}

interface Components {
  auc: number;
  /** Share of the other class that a row beats, by row. */
  share: Float64Array;
}

/** @returns undefined where one of the two classes is empty */
export function aucDelong(
  y: ArrayLike<number>,
  score: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Auc | undefined {
  const parts = components(y, score, weights);
  if (!parts) return undefined;
  const error = Math.sqrt(covariance(y, parts, parts, weights));
  return { value: parts.auc, standardError: error, ...interval(parts.auc, error, 0) };
}

export interface AucDifference {
  /** AUC of the first score minus AUC of the second. */
  value: number;
  standardError: number;
  low: number;
  high: number;
  z: number;
}

/** @returns undefined where a class is empty, or both scores order all pairs alike */
export function aucDifference(
  y: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  weights?: ArrayLike<number>,
): AucDifference | undefined {
  const a = components(y, first, weights);
  const b = components(y, second, weights);
  if (!a || !b) return undefined;
  const variance = covariance(y, a, a, weights) + covariance(y, b, b, weights) - 2 * covariance(y, a, b, weights);
  if (!(variance > 1e-18)) return undefined;
  const error = Math.sqrt(variance);
  const value = a.auc - b.auc;
  return { value, standardError: error, ...interval(value, error, -1), z: value / error };
}

function interval(value: number, error: number, floor: number): { low: number; high: number } {
  return { low: Math.max(floor, value - Z95 * error), high: Math.min(1, value + Z95 * error) };
}

function components(
  y: ArrayLike<number>,
  score: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): Components | undefined {
  const totals = [0, 0];
  for (let i = 0; i < y.length; i++) totals[y[i]!]! += weights?.[i] ?? 1;
  if (totals[0] === 0 || totals[1] === 0) return undefined;
  const order = Uint32Array.from({ length: y.length }, (_, i) => i).sort((a, b) => score[a]! - score[b]!);
  const share = new Float64Array(y.length);
  const below = [0, 0];
  let auc = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    const tied = [0, 0];
    for (; to < order.length && score[order[to]!] === score[order[from]!]; to++)
      tied[y[order[to]!]!]! += weights?.[order[to]!] ?? 1;
    for (let i = from; i < to; i++) {
      const row = order[i]!;
      const positive = y[row] === 1;
      const beaten = positive ? below[0]! + tied[0]! / 2 : totals[1]! - below[1]! - tied[1]! / 2;
      share[row] = beaten / totals[positive ? 0 : 1]!;
    }
    auc += (tied[1]! / totals[1]!) * ((below[0]! + tied[0]! / 2) / totals[0]!);
    below[0]! += tied[0]!;
    below[1]! += tied[1]!;
  }
  return { auc, share };
}

/** Σ over both classes of m/(m−1) Σ wᵢ² (aᵢ − A)(bᵢ − B) / (Σ wᵢ)². */
function covariance(
  y: ArrayLike<number>,
  a: Components,
  b: Components,
  weights: ArrayLike<number> | undefined,
): number {
  const sums = [0, 0];
  const totals = [0, 0];
  const counts = [0, 0];
  for (let i = 0; i < y.length; i++) {
    const w = weights?.[i] ?? 1;
    sums[y[i]!]! += w * w * (a.share[i]! - a.auc) * (b.share[i]! - b.auc);
    totals[y[i]!]! += w;
    counts[y[i]!]!++;
  }
  // One row of a class says nothing of its spread: its part stays 0 and the interval is too narrow, which n shows.
  return [0, 1].reduce((sum, k) => {
    const m = counts[k]!;
    return m < 2 ? sum : sum + ((m / (m - 1)) * sums[k]!) / totals[k]! ** 2;
  }, 0);
}
