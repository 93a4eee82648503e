import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kendallTauB, naturalBreaks } from './index.ts';

test('Kendall’s τ_b with ties: the example of SciPy’s kendalltau', () => {
  expect(kendallTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.47140452079103173, 14);
});

test('τ_b is −1 … 1, symmetric, odd under reversal; no ranking, no correlation', () => {
  const list = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), { maxLength: 20 });
  fc.assert(
    fc.property(list, (pairs) => {
      const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
      const tau = kendallTauB(x, y);
      expect(kendallTauB(y, x)).toEqual(tau);
      if (tau === undefined) return;
      expect(Math.abs(tau)).toBeLessThanOrEqual(1 + 1e-12);
      expect(
        kendallTauB(
          x,
          y.map((value) => -value),
        ),
      ).toBeCloseTo(-tau, 12);
      expect(kendallTauB(x, x)).toBeCloseTo(1, 12);
    }),
  );
  expect(kendallTauB([1, 1], [1, 2])).toBeUndefined();
});

test('natural breaks: R classInt, style "fisher", of 1 2 4 5 7 9 10 20 in three classes', () => {
  const { upper, gvf } = naturalBreaks([20, 1, 2, 4, 5, 7, 9, 10], 3);
  expect(upper).toEqual([5, 10, 20]);
  // SSW = 10 + 14/3 + 0, SST = 676 − 58²/8.
  expect(gvf).toBeCloseTo(1 - (10 + 14 / 3) / (676 - 58 ** 2 / 8), 12);
});

test('equal values stay together, one outlier does not flatten the rest, bad values are refused', () => {
  expect(naturalBreaks([1, 1, 2, 2], 3).upper).toEqual([1, 2]);
  expect(naturalBreaks([5, 5, 5], 4)).toEqual({ upper: [5], gvf: 1 });
  expect(naturalBreaks([], 4).upper).toEqual([]);
  expect(naturalBreaks([1, 2, 3, 10, 11, 12, 9000], 3).upper).toEqual([3, 12, 9000]);
  expect(() => naturalBreaks([1, Number.NaN], 2)).toThrow(RangeError);
  expect(() => naturalBreaks([1], 0)).toThrow(RangeError);
});

test('natural breaks have the least squared deviation of all ways to cut a small list', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 3, maxLength: 9 }), (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      const deviation = (list: number[]) => {
        const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
        return list.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      };
      let least = Number.POSITIVE_INFINITY;
      for (let i = 1; i < sorted.length - 1; i++)
        for (let j = i + 1; j < sorted.length; j++)
          least = Math.min(
            least,
            deviation(sorted.slice(0, i)) + deviation(sorted.slice(i, j)) + deviation(sorted.slice(j)),
          );
      expect(naturalBreaks(values, 3).gvf).toBeCloseTo(1 - least / deviation(sorted), 9);
    }),
  );
});
