import { expect, test } from 'vitest';
import { shareText } from './share-level.ts';

test('a share is of the exact weight, also where that took over others’; a lost point is told however small', () => {
  const weight = 5 + 50 / 3;
  const whole = { weight, weight_exact: '65/3' };
  expect(shareText({ ...whole, points: weight, points_exact: '65/3' })).toBe('100.0%');
  // 21.66666666666 of 21.66…: the doubles are the same to 1e-9, the fractions are not.
  expect(shareText({ ...whole, points: weight, points_exact: '2166666666666/100000000000' })).not.toBe('100.0%');
  expect(shareText({ ...whole, points: weight - 1e-5, points_exact: '2166665667/100000000' })).not.toBe('100.0%');
  expect(shareText({ points: 7.39, points_exact: '739/100', weight: 10, weight_exact: '10' })).toBe('73.9%');
  expect(shareText({ points: 0, points_exact: '0', weight: 0, weight_exact: '0' })).toBe('100.0%');
});

test('of a reader who is limited to areas both are floats: nothing lost is all, all lost is nothing', () => {
  const weight = 5 + 50 / 3;
  expect(shareText({ points: weight - 1e-12, weight, weight_exact: '65/3' })).toBe('100.0%');
  expect(shareText({ points: 1e-15, weight, weight_exact: '65/3' })).toBe('0.0%');
  expect(shareText({ points: -1e-15, weight, weight_exact: '65/3' })).toBe('0.0%');
});
