import { expect, test } from 'vitest';
import { createView } from '../create-view.ts';
import { type AreaIndustryCell, heatAreaIndustryChart } from './heat-area-industry-chart.ts';

const cells: AreaIndustryCell[] = [
  { area: '320671002', areaName: '320671002', industry: 'H', count: 6, base: 60 },
  { area: '320671001', areaName: '320671001', industry: 'C', count: 3, base: 4 },
  { area: '', areaName: '', industry: '', count: 2, base: 0 },
];
const draw = (mode: 'count' | 'rate', width = 1000) =>
  heatAreaIndustryChart(
    cells,
    {
      caption: '',
      mode,
      classes: [5, 10, 40],
      base: 'active',
      href: (area, industry) => `?area=${area}&industry=${industry}`,
    },
    { locale: 'zh-CN', width },
  );
const pointOf = (mode: 'count' | 'rate', key: string) => draw(mode).points.find((point) => point.key === key)!;

test('a rate names its numerator and denominator, and a handful of subjects is marked', () => {
  expect(pointOf('rate', '320671002 H').lines).toEqual(['320671002 · H 住宿餐饮', '6 / 60 在册主体', '每百 10']);
  expect(pointOf('rate', '320671001 C')).toMatchObject({ few: true, value: '75' });
});

test('a figure has the step of its class of the series: the outlier over four subjects the last, and it does not wash out the rest', () => {
  expect(pointOf('rate', '320671002 H').step).toBe(3);
  expect(pointOf('rate', '320671001 C').step).toBe(4);
  expect(draw('rate').summary).toBe('最高：320671002 · H 住宿餐饮，10。');
});

test('without active subjects there is a count and no rate', () => {
  expect(pointOf('rate', ' ')).toMatchObject({ step: 0, value: '' });
  expect(pointOf('count', ' ').value).toBe('2');
});

test('known areas and sections come in code order, unknown last, each cell with its link', () => {
  const { table } = draw('count');
  expect(table.columns.map((column) => column.label)).toEqual(['行业门类', '320671001', '320671002', '区域不详']);
  expect(table.rows.map((row) => row[0]!.text)).toEqual(['C 制造', 'H 住宿餐饮', '行业不详']);
  expect(table.rows[0]![1]).toEqual({ text: '3', href: '?area=320671001&industry=C' });
});

test('draws on a phone without figures in the cells', async () => {
  const svg = await createView(draw('count', 150), 'zh-CN').toSVG();
  expect(svg).toContain('H 住宿餐饮');
  expect(svg).not.toContain('mark-text role-mark');
});
