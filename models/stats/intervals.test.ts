import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clopperPearsonInterval, jeffreysInterval, newcombeInterval, wilsonInterval } from './index.ts';

const rounded = (interval: { lower: number; upper: number } | undefined) => [
  Number(interval!.lower.toFixed(4)),
  Number(interval!.upper.toFixed(4)),
];

test('Wilson and Clopper–Pearson: the table of Newcombe (1998), Statistics in Medicine 17:857–872, table I', () => {
  expect(rounded(wilsonInterval(81, 263))).toEqual([0.2553, 0.3662]);
  expect(rounded(wilsonInterval(15, 148))).toEqual([0.0624, 0.1605]);
  expect(rounded(wilsonInterval(0, 20))).toEqual([0, 0.1611]);
  expect(rounded(wilsonInterval(1, 29))).toEqual([0.0061, 0.1718]);
  expect(rounded(clopperPearsonInterval(81, 263))).toEqual([0.2527, 0.3676]);
  expect(rounded(clopperPearsonInterval(15, 148))).toEqual([0.0578, 0.1617]);
  expect(rounded(clopperPearsonInterval(0, 20))).toEqual([0, 0.1684]);
  expect(rounded(clopperPearsonInterval(1, 29))).toEqual([0.0009, 0.1776]);
});

test('Newcombe: the table of Newcombe (1998), Statistics in Medicine 17:873–890, method 10', () => {
  expect(rounded(newcombeInterval(56, 70, 48, 80))).toEqual([0.0524, 0.3339]);
  expect(rounded(newcombeInterval(9, 10, 3, 10))).toEqual([0.1705, 0.809]);
  expect(rounded(newcombeInterval(6, 7, 2, 7))).toEqual([0.0582, 0.8062]);
  expect(rounded(newcombeInterval(5, 56, 0, 29))).toEqual([-0.0381, 0.1926]);
  expect(rounded(newcombeInterval(0, 10, 0, 20))).toEqual([-0.1611, 0.2775]);
  expect(rounded(newcombeInterval(0, 10, 0, 10))).toEqual([-0.2775, 0.2775]);
  expect(rounded(newcombeInterval(10, 10, 0, 20))).toEqual([0.6791, 1]);
});

test('Jeffreys: Brown, Cai, DasGupta (2001), table 5', () => {
  const three = (events: number, trials: number) => {
    const { lower, upper } = jeffreysInterval(events, trials)!;
    return [lower.toFixed(3), upper.toFixed(3)];
  };
  expect(three(0, 7)).toEqual(['0.000', '0.292']);
  expect(three(1, 7)).toEqual(['0.016', '0.501']);
  expect(three(7, 7)).toEqual(['0.708', '1.000']);
});

test('without trials there is no rate; mirrored counts have mirrored intervals that hold the proportion', () => {
  expect(wilsonInterval(0, 0)).toBeUndefined();
  expect(jeffreysInterval(0, 0)).toBeUndefined();
  expect(clopperPearsonInterval(0, 0)).toBeUndefined();
  expect(newcombeInterval(0, 0, 1, 2)).toBeUndefined();
  expect(() => wilsonInterval(3, 2)).toThrow(RangeError);
  const counts = fc
    .integer({ min: 1, max: 500 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(counts, ([k, n]) => {
      for (const interval of [wilsonInterval, jeffreysInterval, clopperPearsonInterval]) {
        const { lower, upper } = interval(k, n)!;
        const mirror = interval(n - k, n)!;
        expect(lower).toBeLessThanOrEqual(k / n);
        expect(upper).toBeGreaterThanOrEqual(k / n);
        expect(lower).toBeCloseTo(1 - mirror.upper, 8);
      }
    }),
  );
});
