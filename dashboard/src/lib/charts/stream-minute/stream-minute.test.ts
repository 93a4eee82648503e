import { expect, test } from 'vitest';
import { createView } from '../create-view.ts';
import { streamMinuteChart } from './stream-minute-chart.ts';

const from = Date.UTC(2026, 0, 1, 2, 0);
const options = { caption: '', from, to: from + 3_600_000, step: 1, typeName: (type: string) => type.toUpperCase() };
const context = { locale: 'zh-CN', width: 800 } as const;

test('the most frequent type stands at the foot, and bars tell the time of Shanghai', () => {
  const chart = streamMinuteChart(
    [
      { at: from, type: 'a', events: 2 },
      { at: from, type: 'b', events: 3 },
      { at: from + 60_000, type: 'b', events: 1 },
    ],
    options,
    context,
  );
  expect(chart.points.map(({ band, order, count, column }) => [band, order, count, column])).toEqual([
    ['A', 1, 2, 0],
    ['B', 0, 3, 0],
    ['B', 0, 1, 1],
  ]);
  expect(chart.points[1]!.lines).toEqual(['10:00', 'B', '3']);
});

test('the six largest types keep their colour, the others are one band, in the table too', () => {
  const counts = Array.from({ length: 9 }, (_, index) => ({ at: from, type: `t${index}`, events: 20 - index }));
  const chart = streamMinuteChart(counts, options, context);
  expect(new Set(chart.points.map((point) => point.band)).size).toBe(7);
  expect(chart.points.at(-1)).toMatchObject({ band: '其他类型', count: 14 + 13 + 12 });
  expect(chart.table.columns.map((column) => column.label).slice(-2)).toEqual(['其他类型', '合计']);
  expect(chart.table.rows.map((row) => row.at(-1)!.text)).toEqual(['144', '144']);
});

test('the axis spans the whole period, also where nothing arrived', async () => {
  const chart = streamMinuteChart([{ at: from + 60_000, type: 'a', events: 1 }], options, context);
  const svg = await createView(chart, 'zh-CN').toSVG();
  expect(svg).toContain('>10:00<');
  expect(svg).toContain('>10:55<');
});
