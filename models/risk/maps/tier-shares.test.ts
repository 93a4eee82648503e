import { expect, test } from 'vitest';
import { classOf } from '../../stats/class-of.ts';
import { seriesClasses } from '../../stats/series-classes.ts';
import { tierShares } from './tier-shares.ts';

const cell = (industry: string, tier: string, subjects: number) => ({
  month: '2025-05',
  area: 'a',
  industry,
  tier,
  subjects,
});

test('what is withheld stands in no share, neither of the cell nor of the area', () => {
  const cells = [cell('F', 'A', 8), cell('F', 'D', 2), cell('K', '', 3)];
  expect(tierShares(cells, ['C', 'D'], 'cell')).toEqual([
    { month: '2025-05', area: 'a', industry: 'F', subjects: 10, counted: 2, share: 0.2, withheld: 0 },
    { month: '2025-05', area: 'a', industry: 'K', subjects: 0, counted: 0, share: null, withheld: 3 },
  ]);
  expect(tierShares(cells, ['D'], 'area')).toEqual([
    { month: '2025-05', area: 'a', industry: '', subjects: 10, counted: 2, share: 0.2, withheld: 3 },
  ]);
});

test('one outlier leaves the classes of the rest apart; zero and small bases set none', () => {
  const rows = [1, 2, 10, 11, 20, 21, 30, 31, 1000].map((value) => ({ value, base: 100 }));
  const upper = seriesClasses([...rows, { value: 0, base: 100 }, { value: 500, base: 2 }, { value: null, base: 0 }]);
  expect(upper).toEqual([2, 11, 21, 31, 1000]);
  expect([1, 2, 2.5, 31, 32, 5000].map((value) => classOf(value, upper))).toEqual([1, 1, 2, 4, 5, 5]);
  expect(seriesClasses([{ value: 500, base: 2 }])).toEqual([500]);
  expect(classOf(3, seriesClasses([]))).toBe(0);
});
