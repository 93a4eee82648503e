import { expect, test } from 'vitest';
import { createView } from '../create-view.ts';
import { logLagChart } from './log-lag-chart.ts';

const from = Date.UTC(2026, 0, 1, 2, 0);
const options = { caption: '', from, to: from + 3_600_000, step: 1 };
const context = { locale: 'zh-CN', width: 800 } as const;

test('the lag at the end of each step; steps without a look stay empty', async () => {
  const chart = logLagChart(
    [
      { at: from - 60_000, lag: 99 },
      { at: from, lag: 1_200 },
      { at: from + 600_000, lag: 0 },
    ],
    options,
    context,
  );
  expect(chart.points.map(({ column, lag, lines }) => [column, lag, lines])).toEqual([
    [0, 1_200, ['10:01', '1,200']],
    [10, 0, ['10:11', '0']],
  ]);
  expect(chart.summary).toBe('目前 0 条，最多时 1,200 条。');
  expect(chart.table.rows[0]).toEqual([{ text: '10:11' }, { text: '0' }]);
  expect(await createView(chart, 'zh-CN').toSVG()).toContain('>10:55<');
});

test('nobody asked: no chart', () => {
  expect(logLagChart([], options, context)).toMatchObject({ points: [], summary: '' });
});
