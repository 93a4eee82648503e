import { expect, test } from 'vitest';
import { createView } from '../create-view.ts';
import { heatUnitWeekChart, type WeekCell } from './heat-unit-week-chart.ts';

const monday = Date.UTC(2025, 3, 7);
const context = { locale: 'zh-CN', width: 1000 } as const;
const cell = (line: string, numerator: number, denominator: number | null, more: Partial<WeekCell> = {}): WeekCell => ({
  line,
  lineName: line.toUpperCase(),
  week: monday,
  numerator,
  denominator,
  kind: 'achieved',
  complete: false,
  ...more,
});
const lines = ['a', 'b', 'c'].map((line) => ({ line, name: line.toUpperCase() }));
type More = Partial<Parameters<typeof heatUnitWeekChart>[1]>;
const draw = (cells: WeekCell[], more: More = {}) =>
  heatUnitWeekChart(cells, { caption: '', lineHeading: '单位', lines, ...more }, context);

test('colour is the share achieved in the classes of the ranking; nothing due has none', () => {
  const chart = draw([cell('a', 0, 20), cell('b', 20, 20)]);
  expect(chart.points.map((point) => point.step)).toEqual([1, 7, 0]);
  expect(chart.table.rows.map((row) => row[1]!.text)).toEqual(['0/20 = 0.0%', '20/20 = 100.0%', '无业务']);
});

test('a high late share is the trouble', () => {
  const chart = draw([cell('a', 20, 20, { kind: 'late' }), cell('b', 1, 20, { kind: 'late' })]);
  expect(chart.points.map((point) => point.step)).toEqual([1, 6, 0]);
  expect(chart.summary).toBe('问题最集中：A，100.0% (20/20)。');
});

test('under ten cases the cell is marked and says so; a complete count of workdays is not a sample', () => {
  const chart = draw([cell('a', 3, 4), cell('b', 30, 40), cell('c', 3, 5, { complete: true })]);
  expect(chart.points.map((point) => point.few)).toEqual([true, false, false]);
  expect(chart.points[0]!.lines).toContain('n = 4，样本小，慎作比较');
});

test('counts have the classes of their series, not a share of the greatest; zero has a colour to itself', () => {
  const chart = draw(
    [
      cell('a', 0, null, { kind: 'count' }),
      cell('b', 5, null, { kind: 'count' }),
      cell('c', 900, null, { kind: 'count' }),
    ],
    { classesOf: () => [3, 6, 20] },
  );
  expect(chart.points.map((point) => point.step)).toEqual([1, 3, 4]);
});

test('months and quarters from the first to the last, named as such', () => {
  const at = (week: number) => cell('a', 1, 20, { week });
  const labels = (scale: 'month' | 'quarter', last: number) =>
    draw([at(Date.UTC(2024, 9, 1)), at(last)], { scale })
      .table.columns.slice(1)
      .map(({ label }) => label);
  expect(labels('month', Date.UTC(2025, 0, 1))).toEqual(['2024-10', '2024-11', '2024-12', '2025-01']);
  expect(labels('quarter', Date.UTC(2025, 3, 1))).toEqual(['2024Q4', '2025Q1', '2025Q2']);
  expect(draw([at(Date.UTC(2024, 9, 1))], { scale: 'quarter' }).points[0]!.lines[1]).toBe('2024年第四季度');
});

test('beside shares a count has the colours of amounts, and is no trouble', () => {
  const chart = draw(
    [cell('a', 10, 20), cell('b', 0, null, { kind: 'count' }), cell('c', 9, null, { kind: 'count' })],
    {
      classesOf: () => [2, 4, 6, 8, 10],
    },
  );
  expect(chart.points.map((point) => point.step)).toEqual([2, 8, 13]);
  expect(chart.summary).toBe('问题最集中：A，50.0% (10/20)。');
});

test('99.6 % is never printed as 100 %', () => {
  expect(draw([cell('a', 249, 250)]).points[0]!.value).toBe('99.6%');
});

test('weeks between the first and the last are there, also without a deadline', () => {
  const chart = draw([cell('a', 1, 20), cell('a', 1, 20, { week: monday + 14 * 86_400_000 })]);
  expect(chart.table.columns.map((column) => column.label)).toEqual(['单位', '2025-04-07', '2025-04-14', '2025-04-21']);
  expect(chart.points).toHaveLength(9);
  expect(chart.points.filter((point) => point.step === 0)).toHaveLength(7);
});

test('a line without any cell keeps its place', async () => {
  const chart = draw([cell('a', 1, 20)]);
  expect(chart.table.rows[2]!.map((entry) => entry.text)).toEqual(['C', '无业务']);
  const svg = await createView(chart, 'zh-CN').toSVG();
  expect(svg).toContain('>C<');
  expect(svg).toContain('var(--share-0)');
});
