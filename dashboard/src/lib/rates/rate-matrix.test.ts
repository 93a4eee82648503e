import { describe, expect, it } from 'vitest';
import { hasNoPoints, type Rate, rateMatrix, readRateSorting } from './rate-matrix.ts';

const columns = [
  { item: 'claim', name: '认领', name_en: 'Claims' },
  { item: 'entry', name: '归集', name_en: 'Entries' },
];
const rate = (
  item: string,
  n: number,
  due: number,
  onTime: number | null,
  rank: number | null,
  badges: string[] = [],
): Rate => ({
  item,
  numerator: n,
  denominator: due,
  on_time: onTime,
  rank,
  badges,
});
const units = [
  {
    unit: 'a',
    name: '甲',
    total: null,
    items: [rate('claim', 1, 2, null, 2, ['small_n']), rate('entry', 9, 10, 8, 1)],
  },
  { unit: 'b', name: '乙', total: null, items: [rate('claim', 2, 2, null, 1, ['small_n'])] },
  { unit: 'c', name: '丙', total: null, items: [rate('claim', 0, 0, null, null, ['no_business'])] },
];
const order = (by: string, direction: 'ascending' | 'descending') =>
  rateMatrix(units, columns, { by, direction }).map(({ unit }) => unit);

describe('rateMatrix', () => {
  it('gives each cell its counts, both shares and its place', () => {
    const [row] = rateMatrix(units, columns, { by: 'unit', direction: 'ascending' });
    expect(row!.cells).toMatchObject([
      { numerator: 1, denominator: 2, share: 0.5, timely: null, rank: 2, level: 50, small: true },
      { numerator: 9, denominator: 10, share: 0.9, timely: 0.8, rank: 1, level: 80, small: false },
    ]);
  });
  it('has no cell without the duty, and no share and no colour where nothing was due', () => {
    const rows = rateMatrix(units, columns, { by: 'unit', direction: 'ascending' });
    expect(rows[1]!.cells[1]).toBeNull();
    expect(rows[2]!.cells[0]).toMatchObject({ share: null, level: 'none', rank: null });
  });
  it('sorts by place; who has none stands last whichever way', () => {
    expect(order('claim', 'ascending')).toEqual(['b', 'a', 'c']);
    expect(order('claim', 'descending')).toEqual(['a', 'b', 'c']);
    expect(order('unit', 'ascending')).toEqual(['a', 'b', 'c']);
  });
});

it('reads the sorting that the address asks for, as far as it makes sense', () => {
  expect(readRateSorting(new URLSearchParams('sort=claim&dir=descending'), ['claim'])).toEqual({
    by: 'claim',
    direction: 'descending',
  });
  expect(readRateSorting(new URLSearchParams('sort=total'), ['claim'])).toEqual({ by: 'unit', direction: 'ascending' });
});

it('tells a rule set without points by its totals', () => {
  expect(hasNoPoints(units)).toBe(true);
  expect(hasNoPoints([{ total: 91 }])).toBe(false);
  expect(hasNoPoints([])).toBe(false);
});
