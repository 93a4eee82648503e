import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enoughFor, enoughOf } from './enough.ts';

test('the least number that reaches the threshold: one fewer does not', () => {
  expect(enoughFor(89, 100, 0.9)).toEqual({ threshold: 90, needed: 90, reached: false, distance: 1 });
  expect(enoughFor(27, 30, 0.9)).toMatchObject({ reached: true, distance: 0 });
  expect(enoughFor(0, 0, 0.9)).toBeUndefined();
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1000 }), (due, thousandths) => {
      const { needed } = enoughFor(0, due, thousandths / 1000)!;
      expect(needed * 1000 >= thousandths * due).toBe(true);
      expect((needed - 1) * 1000 < thousandths * due).toBe(true);
    }),
  );
});

test('of steps it is the highest, by number; of the part that is shown alone', () => {
  const steps = [
    [0, 0],
    [1, 2.5],
    [2, 5],
  ];
  const parts = [{ kind: 'steps', shown: true, steps }] as unknown as Parameters<typeof enoughOf>[0];
  const of = (numerator: number) => enoughOf(parts, { numerator, denominator: null });
  expect(of(0)).toEqual({ threshold: null, needed: 2, reached: false, distance: 2 });
  expect(of(3)).toMatchObject({ reached: true });
  expect(enoughOf([{ ...parts[0]!, shown: false }], { numerator: 1, denominator: 1 })).toBeUndefined();
});
