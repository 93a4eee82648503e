import type { TopLevelSpec } from 'vega-lite';
import type { Locale } from '../../i18n/locale.ts';
import { chartMessages } from '../chart-messages.ts';
import type { FunnelStatus } from './funnel-status.ts';

interface StatusBars {
  /** Those in the legend. */
  statuses: readonly FunnelStatus[];
  categories: string[];
  horizontal: boolean;
  normalize: boolean;
  valueTitle: string | null;
  categoryTitle: string | null;
  width: number;
  height: number;
  locale: Locale;
  figures: boolean;
}

/**
 * Stacked bars by status. Points carry `category` (bar), `status`, `order`, `count` and `figure` (text in the segment, '' where too narrow).
 * Horizontal for named things, vertical for time.
 */
export function statusBarsSpec(bars: StatusBars): TopLevelSpec {
  const category = categoryAxis(bars);
  const value = valueAxis(bars);
  const axes = bars.horizontal ? { y: category, x: value } : { x: category, y: value };
  const figures = {
    mark: { type: 'text', baseline: 'middle', align: 'center', fontSize: 12 },
    encoding: {
      text: { field: 'figure' },
      [bars.horizontal ? 'x' : 'y']: { ...value, bandPosition: 0.5 },
      fill: {
        condition: bars.statuses.map((status) => ({
          test: `datum.status === '${status}'`,
          value: `var(--status-ink-${status.replace('_', '-')})`,
        })),
        value: 'var(--chart-ink-1)',
      },
    },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: bars.width,
    height: bars.height,
    data: { name: 'points' },
    params: [{ name: 'cursor', value: '' }],
    encoding: { ...axes, order: { field: 'order', type: 'quantitative' } },
    layer: [segments(bars), ...(bars.figures ? [figures] : [])],
  } as TopLevelSpec;
}

function categoryAxis({ categories, horizontal, categoryTitle, width }: StatusBars) {
  return {
    field: 'category',
    type: 'ordinal',
    sort: null,
    scale: { domain: categories, paddingInner: 0.28, paddingOuter: 0.1 },
    axis: {
      title: categoryTitle,
      labelLimit: width < 520 ? 110 : 190,
      labelAngle: 0,
      labelOverlap: horizontal ? false : 'greedy',
      ...(horizontal ? {} : { ticks: false }),
    },
  };
}

function valueAxis({ horizontal, normalize, valueTitle }: StatusBars) {
  return {
    field: 'count',
    type: 'quantitative',
    stack: normalize ? 'normalize' : 'zero',
    scale: { nice: !horizontal },
    axis: {
      title: valueTitle,
      grid: true,
      tickCount: 5,
      format: normalize ? '.0%' : ',d',
      domain: false,
      ticks: false,
    },
  };
}

/** The coloured segments, with the outline of the one under the cursor. */
function segments({ width, locale, statuses }: StatusBars) {
  const words = chartMessages(locale);
  return {
    mark: { type: 'bar', cursor: 'pointer' },
    encoding: {
      fill: {
        field: 'status',
        type: 'nominal',
        scale: {
          domain: [...statuses],
          range: statuses.map((status) => `var(--status-${status.replace('_', '-')})`),
        },
        legend: {
          title: null,
          orient: 'top',
          direction: 'horizontal',
          symbolType: 'square',
          columns: width < 420 ? 2 : Math.max(4, statuses.length),
          labelExpr: `{${statuses.map((status) => `${status}: '${words[status]}'`).join(', ')}}[datum.value]`,
        },
      },
      stroke: {
        condition: { test: 'datum.key === cursor', value: 'var(--chart-focus)' },
        value: 'var(--chart-paper)',
      },
      strokeWidth: { condition: { test: 'datum.key === cursor', value: 3 }, value: 0.5 },
    },
  };
}
