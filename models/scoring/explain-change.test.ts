import fc from 'fast-check';
import Fraction from 'fraction.js';
import { expect, test } from 'vitest';
import { explainChange, type ScoredItem } from './explain-change.ts';

/** An item whose rows cost what it lost, spread over some causes. */
const scoredItem = (item: string): fc.Arbitrary<ScoredItem> =>
  fc
    .record({
      weight: fc.integer({ min: 1, max: 30 }),
      den: fc.integer({ min: 1, max: 997 }),
      num: fc.nat({ max: 997 }),
      shares: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
    })
    .map(({ weight, den, num, shares }) => {
      const points = new Fraction(weight).mul(Math.min(num, den)).div(den);
      const lost = new Fraction(weight).sub(points);
      const all = shares.reduce((sum, share) => sum + share, 0);
      return {
        item,
        weight,
        points_exact: points.toFraction(),
        kinds: lost.equals(0)
          ? []
          : shares.map((share, i) => ({ kind: `k${i}`, rows: share, points: lost.mul(share).div(all).valueOf() })),
      };
    });

const quarter = fc
  .subarray(['login', 'claim', 'feedback', 'licence', 'meeting'])
  .chain((items) => fc.tuple(...items.map(scoredItem)) as fc.Arbitrary<ScoredItem[]>);

test('the changes of items add up to that of the total, exactly; those of causes and weight to that of the item', () => {
  fc.assert(
    fc.property(quarter, quarter, (before, after) => {
      const total = (items: ScoredItem[]) =>
        items.reduce((sum, one) => sum.add(new Fraction(one.points_exact!)), new Fraction(0));
      const explained = explainChange(before, after);
      expect(explained.change).toBe(total(after).sub(total(before)).toFraction());
      const items = explained.items.reduce((sum, { change }) => sum.add(new Fraction(change)), new Fraction(0));
      expect(items.toFraction()).toBe(explained.change);
      for (const { change, weightChange, kinds } of explained.items) {
        const causes = kinds.reduce((sum, kind) => sum + kind.change, weightChange);
        expect(Math.abs(causes - new Fraction(change).valueOf())).toBeLessThan(1e-9);
      }
    }),
  );
});

test('an item that came or went counts whole, and the greatest change comes first', () => {
  const was: ScoredItem[] = [
    { item: 'login', weight: 10, points_exact: '10', kinds: [] },
    { item: 'claim', weight: 10, points_exact: '9', kinds: [{ kind: 'unclaimed', rows: 2, points: 1 }] },
  ];
  const is: ScoredItem[] = [
    { item: 'claim', weight: 10, points_exact: '19/2', kinds: [{ kind: 'unclaimed', rows: 1, points: 0.5 }] },
  ];
  expect(explainChange(was, is)).toEqual({
    change: '-19/2',
    items: [
      { item: 'login', before: '10', after: null, change: '-10', weightChange: -10, kinds: [] },
      {
        item: 'claim',
        before: '9',
        after: '19/2',
        change: '1/2',
        weightChange: 0,
        kinds: [{ kind: 'unclaimed', rowsBefore: 2, rowsAfter: 1, change: 0.5 }],
      },
    ],
  });
});
