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
const draw = (cells: WeekCell[]) => heatUnitWeekChart(cells, { caption: '', lineHeading: '单位', lines }, context);

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

test('counts share one scale whose top is the greatest count', () => {
  const chart = draw(['a', 'b', 'c'].map((line, index) => cell(line, index * 5, null, { kind: 'count' })));
  expect(chart.points.map((point) => point.step)).toEqual([1, 4, 6]);
});

test('beside shares a count has the colours of amounts, and is no trouble', () => {
  const chart = draw([cell('a', 10, 20), cell('b', 0, null, { kind: 'count' }), cell('c', 9, null, { kind: 'count' })]);
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
