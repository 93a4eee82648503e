import { Z95 } from '../../stats/z95.ts';

/**
 * Wilson's 95 % interval of a share: (p̂ + z²/2n ± z √(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n).
 * Source: Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212. Unlike the interval of counts in models/stats, n may be an effective or
 * fractional number of rows; n = 0 gives no interval.
 */
export function effectiveWilsonInterval(share: number, n: number): { low: number; high: number } | undefined {
  if (!(n > 0)) return undefined;
  const z2 = Z95 ** 2;
  const middle = share + z2 / (2 * n);
  const spread = Z95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return {
    low: share === 0 ? 0 : (middle - spread) / (1 + z2 / n),
    high: share === 1 ? 1 : (middle + spread) / (1 + z2 / n),
  };
}
