import { expect, test } from 'vitest';
import { shareText } from './share-level.ts';

test('all points of a weight that took over others’ are all of it, though the weight is a float; a lost one is told', () => {
  const weight = 5 + 50 / 3;
  expect(shareText({ points: weight, points_exact: '65/3', weight })).toBe('100.0%');
  expect(shareText({ points: weight - 1e-5, points_exact: '2166665667/100000000', weight })).not.toBe('100.0%');
  expect(shareText({ points: 7.39, points_exact: '739/100', weight: 10 })).toBe('73.9%');
  expect(shareText({ points: 0, points_exact: '0', weight: 0 })).toBe('100.0%');
});
