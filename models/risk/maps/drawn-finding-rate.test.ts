import fc from 'fast-check';
import Fraction from 'fraction.js';
import { expect, test } from 'vitest';
import { type DrawnFinding, drawnFindingRate } from './drawn-finding-rate.ts';

const finding = (tier: string, pi: string, inspected: number, found: number, task = 'T'): DrawnFinding => ({
  ...{ task, tier, pi: new Fraction(pi), inspected, found },
});

test('hits 1/16, 3/21, 8/33, 12/30 in tiers drawn with 1, 3, 10, 30 % (sampling.md §4), by hand', () => {
  const rate = drawnFindingRate([
    finding('A', '1/100', 16, 1),
    finding('B', '3/100', 21, 3),
    finding('C', '1/10', 33, 8),
    finding('D', '3/10', 30, 12),
  ])!;
  // (1·100 + 3·100/3 + 8·10 + 12·10/3) / (16·100 + 21·100/3 + 33·10 + 30·10/3) = 320 / 2730
  expect(rate.rate).toBeCloseTo(320 / 2730, 15);
  // 2730² / (16·10⁴ + 21·10⁴/9 + 33·10² + 30·10²/9)
  expect(rate.effective).toBeCloseTo(2730 ** 2 / (160_000 + 210_000 / 9 + 3300 + 3000 / 9), 8);
  expect([rate.draws, rate.inspected, rate.found]).toEqual([1, 100, 24]);
  expect(rate.lower).toBeLessThan(rate.rate);
  expect(rate.upper).toBeGreaterThan(rate.rate);
});

test('of a draw that takes everybody the rate is the share itself; without results there is none', () => {
  expect(drawnFindingRate([finding('A', '1', 40, 7), finding('B', '1', 10, 3)])).toMatchObject({
    ...{ rate: 0.2, effective: 50, draws: 1 },
  });
  expect(drawnFindingRate([])).toBeUndefined();
});

test('over all samples of a small frame the mean of Σ y/π is the number of those with a finding: no bias', () => {
  // A: one of four drawn, B: one of two; who would be found is known. All 4 · 2 samples are equally likely.
  const y = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(y, (truth) => {
      const totals = [0, 1, 2, 3].flatMap((i) =>
        [4, 5].map((k) => {
          const sample = [finding('A', '1/4', 1, truth[i]!), finding('B', '1/2', 1, truth[k]!)];
          return drawnFindingRate(sample)!.rate * 6;
        }),
      );
      const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
      expect(mean).toBeCloseTo(
        truth.reduce((sum, one) => sum + one, 0),
        10,
      );
    }),
    { numRuns: 12 },
  );
});
