import { expect, test } from 'vitest';
import { placeTiles } from './place-tiles.ts';

test('areas stand where the office put them, the others below in order', () => {
  const given = new Map([['b', [1, 1] as const]]);
  expect(placeTiles(['c', 'b', 'a'], given)).toEqual([
    { code: 'b', column: 1, row: 1 },
    { code: 'a', column: 0, row: 2 },
    { code: 'c', column: 1, row: 2 },
  ]);
  expect(placeTiles(['1', '2', '3', '4', '5', '6', '7'], new Map()).at(-1)).toEqual({ code: '7', column: 0, row: 1 });
});
