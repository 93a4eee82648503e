import { expect, test } from 'vitest';
import { restartDelay } from './restart-delay.ts';

test('doubles while deaths follow each other within a minute, up to the most; then it is the least again', () => {
  const next = restartDelay({ leastMs: 100, mostMs: 500 });
  const start = 1_000_000;
  expect([0, 1_000, 2_000, 3_000, 60_000].map((after) => next(start + after))).toEqual([100, 200, 400, 500, 500]);
  expect(next(start + 120_001)).toBe(100);
});
