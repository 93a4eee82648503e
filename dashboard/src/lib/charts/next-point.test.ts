import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextPoint } from './next-point.ts';

const at = (column: number, row: number) => ({ key: `${column},${row}`, column, row, lines: [] });
const grid = [at(0, 0), at(1, 0), at(2, 0), at(0, 1), at(2, 1)];

test('right reads on, down keeps the column as nearly as it can, and edges stop', () => {
  expect(nextPoint(grid, undefined, 'ArrowDown')).toBe(grid[0]);
  expect(nextPoint(grid, grid[0], 'ArrowRight')).toBe(grid[1]);
  expect(nextPoint(grid, grid[2], 'ArrowRight')).toBe(grid[3]);
  expect(nextPoint(grid, grid[2], 'ArrowDown')).toBe(grid[4]);
  expect(nextPoint(grid, grid[4], 'ArrowRight')).toBeUndefined();
  expect(nextPoint(grid, grid[4], 'ArrowDown')).toBeUndefined();
  expect(nextPoint(grid, grid[1], 'Tab')).toBeUndefined();
});

test('every point can be reached from the first one by arrow keys', () => {
  const cells = fc.uniqueArray(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 1, maxLength: 30, selector: String });
  fc.assert(
    fc.property(cells, (places) => {
      const points = places.map(([column, row]) => at(column, row));
      const reached = new Set([nextPoint(points, undefined, 'Home')!]);
      for (const point of reached) {
        for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
          const next = nextPoint(points, point, key);
          if (next) reached.add(next);
        }
      }
      expect(reached.size).toBe(points.length);
    }),
  );
});
