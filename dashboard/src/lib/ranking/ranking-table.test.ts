import type { Scores } from '@hengjian/models/queries/read-scores.ts';
import { describe, expect, test } from 'vitest';
import { rankingTable, readSorting } from './ranking-table.ts';
import { shareLevel, shareOf } from './share-level.ts';

const item = (id: string, points: number, weight = 10) => ({
  item: id,
  weight,
  points,
  points_exact: String(points),
  numerator: 1,
  denominator: 2,
  on_time: null,
  badges: [],
});

function scores(quarter: string, units: Scores['units']): Scores {
  return { quarter, ruleset: { id: 'r', version: '1' }, status: 'draft', as_of: '', cutoff: null, units };
}

const now = scores('2025Q2', [
  {
    unit: 'a',
    name: '安监',
    name_en: '',
    rank: 1,
    total: 18,
    total_exact: '',
    items: [item('login', 9), item('claim', 9)],
  },
  {
    unit: 'b',
    name: '北区',
    name_en: '',
    rank: 2,
    total: 15,
    total_exact: '',
    items: [item('login', 10), item('claim', 5)],
  },
  { unit: 'c', name: '财政', name_en: '', rank: 3, total: 9, total_exact: '', items: [item('claim', 9)] },
]);
const before = scores('2025Q1', [
  { unit: 'a', name: '安监', name_en: '', rank: 2, total: 16, total_exact: '', items: [] },
  { unit: 'b', name: '北区', name_en: '', rank: 1, total: 17.5, total_exact: '', items: [] },
]);
const items = ['login', 'claim'];
const columns = items.map((item) => ({ item, name: item, name_en: item, weight: 10 }));
const order = (query: string) =>
  rankingTable(now, before, columns, readSorting(new URLSearchParams(query), items)).map(({ unit }) => unit);

describe('rankingTable', () => {
  test('says where a rank is shared, and where few were due', () => {
    const few = { ...item('claim', 5), badges: ['small_n'] };
    const [a, b, c] = now.units;
    const tied = scores('2025Q2', [a!, { ...b!, rank: 1, total: 18, items: [few] }, c!]);
    const rows = rankingTable(tied, undefined, columns, readSorting(new URLSearchParams(), items));
    expect(rows.map(({ rank, tied }) => [rank, tied])).toEqual([
      [1, true],
      [1, true],
      [3, false],
    ]);
    expect(rows.map(({ cells }) => cells[1]?.small)).toEqual([false, true, false]);
  });

  test('gives places and points gained against the quarter before', () => {
    const rows = rankingTable(now, before, columns, readSorting(new URLSearchParams(), items));
    expect(rows.map(({ rankChange, totalChange }) => [rankChange, totalChange])).toEqual([
      [1, 2],
      [-1, -2.5],
      [null, null],
    ]);
  });

  test('has no cell where the unit has no such duty', () => {
    const rows = rankingTable(now, undefined, columns, readSorting(new URLSearchParams(), items));
    expect(rows[2]?.cells[0]).toBeNull();
    expect(rows[2]?.cells[1]?.share).toBeCloseTo(0.9, 12);
  });

  test.each([
    ['', ['a', 'b', 'c']],
    ['sort=rank&dir=descending', ['c', 'b', 'a']],
    ['sort=claim', ['a', 'c', 'b']],
    ['sort=claim&dir=ascending', ['b', 'a', 'c']],
    ['sort=login&dir=ascending', ['a', 'b', 'c']],
    ['sort=login&dir=descending', ['b', 'a', 'c']],
    ['sort=change', ['a', 'b', 'c']],
    ['sort=nonsense&dir=sideways', ['a', 'b', 'c']],
  ])('sorts by %j, what has no value last', (query, expected) => {
    expect(order(query)).toEqual(expected);
  });
});

test('shares fall into their classes, full marks only when full', () => {
  expect(shareLevel(shareOf({ points: 10, weight: 10 }))).toBe(100);
  expect(shareLevel(shareOf({ points: 9.9999999999999, weight: 10 }))).toBe(100);
  expect(shareLevel(shareOf({ points: 9.99, weight: 10 }))).toBe(90);
  expect(shareLevel(0.9)).toBe(90);
  expect(shareLevel(0.8999)).toBe(80);
  expect(shareLevel(0)).toBe(0);
  expect(shareLevel(shareOf({ points: 0, weight: 0 }))).toBe(100);
});

test('of a rule set of rates there is no ranking', () => {
  const rates = scores('2025Q2', [{ unit: 'x', name: 'x', name_en: '', rank: null, total: null, items: [] }]);
  expect(rankingTable(rates, undefined, [], readSorting(new URLSearchParams(), []))).toEqual([]);
});

test('without points the share is the rate: in time, or done where nothing has a deadline', () => {
  const rate = (numerator: number, denominator: number, on_time: number | null) =>
    shareOf({ points: null, weight: null, numerator, denominator, on_time });
  expect([rate(8, 10, 5), rate(9, 10, null), rate(0, 0, 0)]).toEqual([0.5, 0.9, null]);
  expect(shareLevel(null)).toBe('none');
});
