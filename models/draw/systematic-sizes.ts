import type Fraction from 'fraction.js';

/**
 * Unbiased rounding with a fixed total (draw.md §6): n_h = ⌊C_h + u⌋ − ⌊C_{h−1} + u⌋, C_h = Σ e up to h, u = offset / 2^64.
 * E n_h = e_h for uniform u, |n_h − e_h| < 1, and Σ n_h = Σ e_h where that is whole. Source: systematic sampling of Madow
 * (1949), sampling.md §1.5 (iii). Exact integers throughout.
 */
export function systematicSizes(expected: readonly Fraction[], offset: bigint): number[] {
  const denominator = expected.reduce((all, { d }) => (all / gcd(all, d)) * d, 1n);
  const unit = denominator << 64n;
  let cumulated = offset * denominator;
  let before = cumulated / unit;
  return expected.map(({ n, d }) => {
    cumulated += (n * (denominator / d)) << 64n;
    const now = cumulated / unit;
    const size = now - before;
    before = now;
    return Number(size);
  });
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
