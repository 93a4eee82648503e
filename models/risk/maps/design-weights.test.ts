import { expect, test } from 'vitest';
import { designWeights } from './design-weights.ts';

const visits = (task: string, pi: number, n: number, realised: number) => ({ task, pi, n, realised });

test('within a draw weights are as 1/π, together as much as by realised rates, worked by hand', () => {
  // 1/π: 100 · 3 and 10 · 2 are 320; realised 60 · 3 and 30 · 2 are 240: three quarters of 1/π.
  expect(designWeights([visits('T', 0.01, 3, 60), visits('T', 0.1, 2, 30)])).toEqual([75, 7.5]);
});

test('each draw has a scale of its own, and of a single tier nothing changes', () => {
  const weights = designWeights([visits('T', 0.01, 3, 60), visits('U', 0.5, 4, 6)]);
  expect(weights.map((weight) => Number(weight.toFixed(9)))).toEqual([60, 6]);
});

test('where the realised rates are those of the record they stay', () => {
  expect(designWeights([visits('T', 0.01, 1, 1200), visits('T', 0.03, 1, 400)])).toEqual([1200, 400]);
});
