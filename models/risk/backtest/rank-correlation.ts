/**
 * Spearman's rank correlation: Pearson's correlation of the mid-ranks, which is right with ties too.
 * Under independence z = ρ √(n − 1) is nearly standard normal (Kendall, Rank Correlation Methods, ch. 4).
 *
 * @returns undefined where one of the two does not vary
 */
import { midRanks } from './mid-ranks.ts';

export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): { rho: number; z: number } | undefined {
  const n = a.length;
  const [x, y] = [midRanks(a), midRanks(b)];
  const mean = (n + 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [x[i]! - mean, y[i]! - mean];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  if (xx === 0 || yy === 0) return undefined;
  const rho = xy / Math.sqrt(xx * yy);
  return { rho, z: rho * Math.sqrt(n - 1) };
}
