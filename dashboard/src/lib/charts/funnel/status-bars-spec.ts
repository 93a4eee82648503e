import type { TopLevelSpec } from 'vega-lite';
import type { Locale } from '../../i18n/locale.ts';
import { chartMessages } from '../chart-messages.ts';
import { funnelStatuses } from './funnel-status.ts';

/**
 * Stacked bars by status. Points carry `category` (bar), `status`, `order`, `count` and `figure` (text in the segment, '' where too narrow).
 * Horizontal for named things, vertical for time.
 */
export function statusBarsSpec(options: {
  categories: string[];
  horizontal: boolean;
  normalize: boolean;
  valueTitle: string | null;
  categoryTitle: string | null;
  width: number;
  height: number;
  locale: Locale;
  figures: boolean;
}): TopLevelSpec {
  const words = chartMessages(options.locale);
  const category = {
    field: 'category',
    type: 'ordinal',
    sort: null,
    scale: { domain: options.categories, paddingInner: 0.28, paddingOuter: 0.1 },
    axis: {
      title: options.categoryTitle,
      labelLimit: options.width < 520 ? 110 : 190,
      labelAngle: 0,
      labelOverlap: options.horizontal ? false : 'greedy',
      ...(options.horizontal ? {} : { ticks: false }),
    },
  };
  const value = {
    field: 'count',
    type: 'quantitative',
    stack: options.normalize ? 'normalize' : 'zero',
    scale: { nice: !options.horizontal },
    axis: {
      title: options.valueTitle,
      grid: true,
      tickCount: 5,
      format: options.normalize ? '.0%' : ',d',
      domain: false,
      ticks: false,
    },
  };
  const order = { field: 'order', type: 'quantitative' };
  const axes = options.horizontal ? { y: category, x: value } : { x: category, y: value };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: options.width,
    height: options.height,
    data: { name: 'points' },
    params: [{ name: 'cursor', value: '' }],
    encoding: { ...axes, order },
    layer: [
      {
        mark: { type: 'bar', cursor: 'pointer' },
        encoding: {
          fill: {
            field: 'status',
            type: 'nominal',
            scale: {
              domain: [...funnelStatuses],
              range: funnelStatuses.map((status) => `var(--status-${status.replace('_', '-')})`),
            },
            legend: {
              title: null,
              orient: 'top',
              direction: 'horizontal',
              symbolType: 'square',
              columns: options.width < 420 ? 2 : 4,
              labelExpr: `{${funnelStatuses.map((status) => `${status}: '${words[status]}'`).join(', ')}}[datum.value]`,
            },
          },
          stroke: {
            condition: { test: 'datum.key === cursor', value: 'var(--chart-focus)' },
            value: 'var(--chart-paper)',
          },
          strokeWidth: { condition: { test: 'datum.key === cursor', value: 3 }, value: 0.5 },
        },
      },
      ...(options.figures
        ? [
            {
              mark: { type: 'text', baseline: 'middle', align: 'center', fontSize: 12 },
              encoding: {
                text: { field: 'figure' },
                [options.horizontal ? 'x' : 'y']: { ...value, bandPosition: 0.5 },
                fill: {
                  condition: funnelStatuses.map((status) => ({
                    test: `datum.status === '${status}'`,
                    value: `var(--status-ink-${status.replace('_', '-')})`,
                  })),
                  value: 'var(--chart-ink-1)',
                },
              },
            },
          ]
        : []),
    ],
  } as TopLevelSpec;
}
