import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from './cell.ts';
import { RowCells } from './row-cells.ts';

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(undefined),
  fc.constant(''),
  fc.string({ minLength: 1 }),
  fc.integer(),
  fc.record({ serial: fc.nat(50_000) }),
);

test('says of each column what an array of all of them would', () => {
  const steps = fc.array(fc.tuple(fc.oneof(fc.nat(6), fc.nat(16_383)), cell), { maxLength: 30 });
  fc.assert(
    fc.property(steps, fc.boolean(), (sets, askedBetween) => {
      const row = new RowCells();
      const plain = new Map<number, Cell>();
      for (const [column, value] of sets) {
        row.set(column, value);
        if (value !== undefined && value !== '') plain.set(column, value);
        if (askedBetween) expect(row.get(column)).toEqual(plain.get(column));
      }
      const ordered = [...plain].sort(([a], [b]) => a - b);
      const seen: [number, Cell][] = [];
      row.each((value, column) => void seen.push([column, value]));
      expect(seen).toEqual(ordered);
      expect(row.values()).toEqual(ordered.map(([, value]) => value));
      expect([row.size, row.width]).toEqual([plain.size, Math.max(-1, ...plain.keys()) + 1]);
      for (const column of [0, 1, 5, 16_383]) expect(row.get(column)).toEqual(plain.get(column));
    }),
  );
});

test('of an array, without what is empty', () => {
  const row = RowCells.of(['a', undefined, '', 3]);
  expect([row.size, row.width, row.get(0), row.get(1), row.get(3), row.get(4)]).toEqual([
    2,
    4,
    'a',
    undefined,
    3,
    undefined,
  ]);
});
