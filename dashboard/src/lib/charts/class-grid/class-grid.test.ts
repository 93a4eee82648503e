import { expect, test } from 'vitest';
import { createView } from '../create-view.ts';
import { type ClassGridCell, classGridChart } from './class-grid-chart.ts';

const cell = (area: string, industry: string, step: number, rest: Partial<ClassGridCell> = {}): ClassGridCell => ({
  area,
  areaName: area && `街道${area}`,
  industry,
  step,
  value: String(step),
  text: `${step} (n)`,
  few: false,
  lines: ['x'],
  ...rest,
});
const grid = { caption: 'c', legendTitle: 'l', ends: ['1%', '5%'], summary: 's' };
const cells = [cell('2', 'H', 2, { href: '?x' }), cell('1', 'F', 1), cell('', '', 0, { value: '', text: '–' })];
const draw = () => classGridChart(cells, grid, { locale: 'zh-CN', width: 900 });

test('areas and sections in order, the unknown last, each cell with its name, n and link', () => {
  const { table, points } = draw();
  expect(table.columns.map(({ label }) => label)).toEqual(['行业门类', '街道1', '街道2', '区域不详']);
  expect(table.rows.map(([head]) => head!.text)).toEqual(['F 批发零售', 'H 住宿餐饮', '行业不详']);
  expect(table.rows[1]![2]).toEqual({ text: '2 (n)', href: '?x' });
  expect(points.find(({ key }) => key === '2 H')!.lines).toEqual(['街道2 · H 住宿餐饮', 'x']);
});

test('the legend says zero and the upper end of each class', async () => {
  const svg = await createView(draw(), 'zh-CN').toSVG();
  for (const label of ['>0<', '≤1%', '≤5%']) expect(svg).toContain(label);
});
