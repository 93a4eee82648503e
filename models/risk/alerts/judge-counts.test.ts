import fc from 'fast-check';
import { expect, test } from 'vitest';
import { monthBefore, monthsBetween, parseMonth } from '../risk-month.ts';
import { cellSeries, judgeCounts, SERIES_MONTHS, WATCHED_MONTHS } from './judge-counts.ts';
import type { MonthCount } from './read-month-counts.ts';
import { standardScores } from './standard-scores.ts';

const LAST = '2026-06';
function monthsBack(count: number): string[] {
  let first = parseMonth(LAST)!;
  for (let n = 1; n < count; n++) first = monthBefore(first);
  return monthsBetween(first, parseMonth(LAST)!).map(({ id }) => id);
}
const MONTHS = monthsBack(SERIES_MONTHS);

const inspections = (key: string, of: (index: number) => readonly [n: number, count: number]): MonthCount[] =>
  MONTHS.map((month, index) => {
    const [n, count] = of(index);
    return { topic: 'findings', by: 'area', key, month, n, count };
  });
const complaints = (key: string, of: (index: number) => number): MonthCount[] =>
  MONTHS.map((month, index) => ({ topic: 'complaints', by: 'industry', key, month, n: 0, count: of(index) }));

test('z-scores by hand: shares by the size of their month, counts by the scatter of their baseline', () => {
  const baseline = [
    { month: '1', n: 60, count: 10 },
    { month: '2', n: 40, count: 10 },
  ];
  // p̄ = 20/100; (12/25 − 0.2) / √(0.16/25) = 0.28 / 0.08
  const rates = standardScores(
    baseline,
    [
      { month: '3', n: 25, count: 12 },
      { month: '4', n: 0, count: 0 },
    ],
    true,
  )!;
  expect(rates.target).toBe(0.2);
  expect(rates.scores[0]!.z).toBeCloseTo(3.5, 12);
  expect(rates.scores[1]!.z).toBeNull();
  // μ = 10, s² = (36 + 36 + 0)/2 = 36 > μ: σ = 6
  const spread = [4, 16, 10].map((count, index) => ({ month: String(index), n: 0, count }));
  expect(standardScores(spread, [{ month: '9', n: 0, count: 22 }], false)!.scores[0]!.z).toBeCloseTo(2, 12);
  // s² = 0 < μ: no narrower than Poisson, σ = √9
  const even = spread.map((month) => ({ ...month, count: 9 }));
  expect(standardScores(even, [{ month: '9', n: 0, count: 15 }], false)!.scores[0]!.z).toBeCloseTo(2, 12);
  expect(standardScores([{ month: '1', n: 5, count: 5 }], [], true)).toBeUndefined();
});

test('an area whose findings stand out from the others in the month, with what the limits were', () => {
  const rows = [
    ...inspections('320671001', () => [40, 8]),
    ...inspections('320671002', () => [40, 8]),
    ...inspections('320671003', (index) => (index === SERIES_MONTHS - 1 ? [40, 22] : [40, 8])),
    // Nine inspections are no rate to speak of.
    ...inspections('320671004', () => [9, 9]).slice(-1),
  ];
  const alerts = judgeCounts(rows, LAST);
  const funnel = alerts.filter(({ chart }) => chart === 'funnel');
  expect(funnel.map(({ alert_id }) => alert_id)).toEqual(['2026-06-findings-funnel-high-area-320671003']);
  expect(funnel[0]).toMatchObject({
    n: 40,
    count: 22,
    value: 0.55,
    direction: 'high',
    area: '320671003',
    industry: '',
  });
  expect(funnel[0]!.series).toHaveLength(12);
  expect(funnel[0]!.upper!).toBeLessThan(0.55);
  expect(funnel[0]!.upper!).toBeGreaterThan(0.3);
  expect(
    judgeCounts(
      rows.filter(({ month }) => month < LAST),
      '2026-05',
    ),
  ).toEqual([]);
});

test('a shift that no single month shows: the sums find it, and tell of it in the month in which it comes to stand out', () => {
  const begins = SERIES_MONTHS - WATCHED_MONTHS;
  // 24 expected a month, 33 instead: 1.8 standard deviations, no alarm in one month alone.
  const rows = complaints('H', (index) => (index < begins ? 24 + (index % 2 ? 2 : -2) : 33));
  const told = MONTHS.slice(begins).map((month) =>
    judgeCounts(
      rows.filter((row) => row.month <= month),
      month,
    ),
  );
  expect(told[0]).toEqual([]);
  const all = told.flat();
  expect(all.filter(({ chart }) => chart === 'cusum').length).toBe(1);
  expect(all.filter(({ chart }) => chart === 'ewma').length).toBe(1);
  expect(
    all.every(({ direction, industry, topic }) => direction === 'high' && industry === 'H' && topic === 'complaints'),
  ).toBe(true);
  // Fewer complaints are no alert.
  expect(
    judgeCounts(
      complaints('H', (index) => (index < begins ? 24 : 2)),
      LAST,
    ),
  ).toEqual([]);
});

test('nothing is judged by a past of less than a year, or by a handful of events', () => {
  const jump = (index: number) => (index === SERIES_MONTHS - 1 ? 90 : 20);
  expect(judgeCounts(complaints('F', jump), LAST).length).toBeGreaterThan(0);
  expect(judgeCounts(complaints('F', jump).slice(-17), LAST)).toEqual([]);
  expect(
    judgeCounts(
      complaints('F', (index) => (index === SERIES_MONTHS - 1 ? 20 : 4)),
      LAST,
    ),
  ).toEqual([]);
});

test('months without anything stand in the series; months before the first word of a topic do not', () => {
  const [cell] = cellSeries([{ topic: 'complaints', by: 'area', key: 'a', month: '2026-03', n: 0, count: 2 }], LAST);
  expect(cell!.months.map(({ month, count }) => [month, count])).toEqual([
    ['2026-03', 2],
    ['2026-04', 0],
    ['2026-05', 0],
    ['2026-06', 0],
  ]);
});

test('the same rows in any order give the same alerts, each named once', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: SERIES_MONTHS, maxLength: SERIES_MONTHS });
  fc.assert(
    fc.property(counts, counts, fc.integer(), (first, second, seed) => {
      const rows = [
        ...complaints('C', (index) => first[index]!),
        ...inspections('320671001', (index) => [60, second[index]!]),
      ];
      const alerts = judgeCounts(rows, LAST);
      const shuffled = rows.toSorted((a, b) => ((a.count * 31 + seed) % 7) - ((b.count * 31 + seed) % 7));
      expect(judgeCounts(shuffled, LAST)).toEqual(alerts);
      expect(new Set(alerts.map(({ alert_id }) => alert_id)).size).toBe(alerts.length);
      for (const { value, lower, upper, direction } of alerts)
        expect(direction === 'high' ? value > upper! : value < lower!).toBe(true);
    }),
    { numRuns: 20 },
  );
});
