import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cusumChart, ewmaChart, funnelLimits } from './index.ts';

test('EWMA: the example of the NIST/SEMATECH e-Handbook, 6.3.2.4', () => {
  const values = [
    52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6,
    52.1,
  ];
  const chart = ewmaChart(values, { target: 50, sigma: 2.0539, lambda: 0.3 });
  expect(chart.map(({ value }) => Number(value.toFixed(2)))).toEqual([
    50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33, 50.11, 49.36, 49.52, 50.05, 49.38, 49.92,
    50.73, 51.23, 51.94, 51.99,
  ]);
  // Limits of the handbook are those of long series.
  expect(chart.at(-1)!.upper).toBeCloseTo(52.5884, 2);
  expect(chart.at(-1)!.lower).toBeCloseTo(47.4115, 2);
  expect(chart.some(({ alarm }) => alarm)).toBe(false);
});

test('CUSUM: Montgomery, tables 9.1 and 9.2 (target 10, K = ½, H = 5): alarm at the 29th value', () => {
  const values = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.2, 10.34, 9.03, 11.47, 10.51, 9.4, 10.08, 9.37, 10.62, 10.31,
    8.52, 10.84, 10.9, 9.33, 12.29, 11.5, 10.6, 11.08, 10.38, 11.62, 11.31, 10.52,
  ];
  const chart = cusumChart(values, { target: 10, allowance: 0.5, decision: 5 });
  expect(chart.map(({ high }) => Number(high.toFixed(2)))).toEqual([
    0, 0, 0, 1.16, 2.82, 2.5, 0.04, 1, 0, 0, 0, 0.97, 0.98, 0, 0, 0, 0.12, 0, 0, 0.34, 0.74, 0, 1.79, 2.79, 2.89, 3.47,
    3.35, 4.47, 5.28, 5.3,
  ]);
  expect(chart.slice(0, 3).map(({ low }) => Number(low.toFixed(2)))).toEqual([0.05, 1.56, 1.77]);
  expect(chart.findIndex(({ alarm }) => alarm)).toBe(28);
});

test('funnel limits of Spiegelhalter (2005), by hand for ten tosses of a coin', () => {
  // P(R ≤ 1) = 11/1024 ≤ 0.025 < P(R ≤ 2) = 56/1024, P(R = 2) = 45/1024: α = (56 − 25.6)/45.
  expect(funnelLimits(0.5, 10, 0.025).lower).toBeCloseTo((2 - 30.4 / 45) / 10, 10);
  // P(R ≤ 7) = 968/1024 ≤ 0.975 < P(R ≤ 8) = 1013/1024, P(R = 8) = 45/1024: α = (1013 − 998.4)/45.
  expect(funnelLimits(0.5, 10, 0.025).upper).toBeCloseTo((8 - 14.6 / 45) / 10, 10);
  // P(R = 0) = 0.9^10 = 0.3487 > 0.001: r = 0, the limit is below zero and cut off.
  expect(funnelLimits(0.1, 10, 0.001).lower).toBe(0);
  expect(() => funnelLimits(0.1, 0, 0.001)).toThrow(RangeError);
});

test('funnel limits: a second reckoning in whole numbers, from the definition of Spiegelhalter (2005), A.1.1', () => {
  // Target a/b, tail 1/q: all terms are whole numbers over b^n, and P(R ≤ r) is summed up, not taken from a beta function.
  const exact = (a: bigint, b: bigint, n: number, [tail, of]: readonly [bigint, bigint]): number => {
    let term = (b - a) ** BigInt(n);
    let sum = term;
    let r = 0;
    const beyond = () => sum * of > tail * b ** BigInt(n);
    while (!beyond()) {
      r++;
      term = (term * BigInt(n - r + 1) * a) / (BigInt(r) * (b - a));
      sum += term;
    }
    const alpha = Number(((sum * of - tail * b ** BigInt(n)) * 10n ** 15n) / (term * of)) / 1e15;
    return (r - alpha) / n;
  };
  for (const [a, b] of [
    [1n, 2n],
    [1n, 50n],
    [3n, 10n],
    [9n, 10n],
  ] as const)
    for (const size of [1, 7, 40, 333])
      for (const [tail, of] of [
        [25n, 1000n],
        [1n, 1000n],
      ] as const) {
        const { lower, upper } = funnelLimits(Number(a) / Number(b), size, Number(tail) / Number(of));
        expect([size, lower]).toEqual([size, expect.closeTo(Math.max(0, exact(a, b, size, [tail, of])), 9)]);
        expect([size, upper]).toEqual([size, expect.closeTo(Math.min(1, exact(a, b, size, [of - tail, of])), 9)]);
      }
});

test('funnel limits narrow with size, hold the target and come near the normal ones', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.02, max: 0.98, noNaN: true }),
      fc.integer({ min: 50, max: 5000 }),
      (target, size) => {
        const { lower, upper } = funnelLimits(target, size, 0.025);
        expect(lower).toBeLessThan(target);
        expect(upper).toBeGreaterThan(target - 1 / size);
        const wide = funnelLimits(target, size, 0.001);
        expect(wide.lower).toBeLessThanOrEqual(lower);
        expect(wide.upper).toBeGreaterThanOrEqual(upper);
      },
    ),
  );
  const { lower, upper } = funnelLimits(0.3, 40_000, 0.025);
  const half = 1.96 * Math.sqrt((0.3 * 0.7) / 40_000);
  expect(lower).toBeCloseTo(0.3 - half, 4);
  expect(upper).toBeCloseTo(0.3 + half, 4);
});
