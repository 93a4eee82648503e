import { expect, test } from 'vitest';
import { createView } from '../create-view.ts';
import { loopStagesChart } from './loop-stages-chart.ts';

const columns = { stage: '环节', n: '办结', of: '占上一环节', all: '占全部' };
const stages = [
  { id: 'cases', label: '应办惩戒', n: 8, of: 8 },
  { id: 'received', label: '接收下载', n: 6, of: 8 },
  { id: 'applied', label: '实施惩戒', n: 0, of: 6 },
  { id: 'fed_back', label: '反馈结果', n: 0, of: 0 },
];
const context = { locale: 'zh-CN', width: 700 } as const;

test('each stage has its own N, and the last no share where nothing came so far', () => {
  const chart = loopStagesChart(stages, { caption: '', columns }, context);
  expect(chart.points.map(({ lines }) => lines[1])).toEqual(['8/8 = 100.0%', '6/8 = 75.0%', '0/6 = 0.0%', '0/0 = –']);
  expect(chart.table.rows[1]!.map(({ text }) => text)).toEqual(['接收下载', '6', '6/8 = 75.0%', '6/8 = 75.0%']);
  expect(chart.summary).toBe('应办 8 件，已闭环 0 件（0.0%）。');
});

test('draws a bar a stage in theme colours, and nothing where there is no case', async () => {
  const svg = await createView(loopStagesChart(stages, { caption: '', columns }, context), 'zh-CN').toSVG();
  expect(svg).toContain('6/8 · 75.0%');
  expect(svg).toContain('fill="var(--series-1)"');
  const none = stages.map((stage) => ({ ...stage, n: 0, of: 0 }));
  expect(loopStagesChart(none, { caption: '', columns }, context).points).toEqual([]);
});
