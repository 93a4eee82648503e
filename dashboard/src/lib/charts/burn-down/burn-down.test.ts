import { expect, test } from 'vitest';
import { burnDown } from '../../backfill/burn-down.ts';
import { createView } from '../create-view.ts';
import { burnDownChart } from './burn-down-chart.ts';

const words = { day: '日期', entered: '已补录', left: '剩余', due: '期限 2020-09-28' };
const rows = [
  { due: '2020-09-28', entered_on: '2020-09-27', records: 3 },
  { due: '2020-09-28', entered_on: '2020-09-30', records: 1 },
  { due: '2020-09-28', entered_on: null, records: 4 },
];
const context = { locale: 'zh-CN', width: 700 } as const;

test('each point says what is left of the stock, the summary what was done by the deadline', () => {
  const chart = burnDownChart(burnDown(rows, '2020-10-05'), { caption: '', words }, context);
  expect(chart.points[0]!.lines).toEqual(['2020-09-26', '剩余 8/8 = 100.0%', '已补录 0']);
  expect(chart.points.find(({ key }) => key === '2020-09-27')!.lines[1]).toBe('剩余 5/8 = 62.5%');
  expect(chart.summary).toBe('存量 8 条，已补录 4 条（50.0%），其中期限内（至 2020-09-28）3 条；剩余 4 条。');
});

test('draws a stair, and the deadline in words beside its line', async () => {
  const svg = await createView(
    burnDownChart(burnDown(rows, '2020-10-05'), { caption: '', words }, context),
    'zh-CN',
  ).toSVG();
  expect(svg).toContain('期限 2020-09-28');
  expect(svg).toContain('var(--status-overdue)');
  expect(svg).not.toContain('NaN');
});

test('no stock is no chart', () => {
  expect(burnDownChart(burnDown([], '2025-06-30'), { caption: '', words }, context).points).toEqual([]);
});
