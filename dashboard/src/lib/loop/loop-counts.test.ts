import { expect, test } from 'vitest';
import { loopCounts } from './loop-counts.ts';

test('each stage is set against the one before, and against all', () => {
  const rows = [
    { stages: 'receipt' as const, cases: 4, received: 3, applied: 2, fed_back: 1 },
    { stages: 'receipt' as const, cases: 2, received: 2, applied: 0, fed_back: 0 },
  ];
  expect(loopCounts(rows)).toEqual([
    { stage: 'cases', n: 6, of: 6, all: 6 },
    { stage: 'received', n: 5, of: 6, all: 6 },
    { stage: 'applied', n: 2, of: 5, all: 6 },
    { stage: 'fed_back', n: 1, of: 2, all: 6 },
  ]);
});

test('a document that asks for no receipt has no such stage', () => {
  const rows = [{ stages: 'loop' as const, cases: 3, received: 3, applied: 2, fed_back: 2 }];
  expect(loopCounts(rows).map(({ stage, n, of }) => [stage, n, of])).toEqual([
    ['cases', 3, 3],
    ['applied', 2, 3],
    ['fed_back', 2, 2],
  ]);
});
