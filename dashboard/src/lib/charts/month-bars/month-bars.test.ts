import { expect, test } from 'vitest';
import { createView } from '../create-view.ts';
import { monthBarsChart } from './month-bars-chart.ts';

const context = { locale: 'zh-CN', width: 500 } as const;

test('months without events are on the axis as 0', async () => {
  const counts = [
    { month: Date.UTC(2024, 10, 1), events: 3 },
    { month: Date.UTC(2025, 1, 1), events: 7 },
  ];
  const chart = monthBarsChart(counts, { caption: '' }, context);
  expect(chart.points.map((point) => [point.month, point.count])).toEqual([
    ['2024-11', 3],
    ['2024-12', 0],
    ['2025-01', 0],
    ['2025-02', 7],
  ]);
  expect(chart.summary).toBe('2025-02 最多：7 件。');
  expect(await createView(chart, 'zh-CN').toSVG()).toContain('>2025-01<');
});

test('nothing at all is no chart', () => {
  expect(monthBarsChart([], { caption: '' }, context).points).toEqual([]);
});
