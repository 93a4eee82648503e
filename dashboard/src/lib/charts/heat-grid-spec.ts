import type { TopLevelSpec } from 'vega-lite';

/**
 * The drawing shared by the heat maps: cells coloured in discrete steps, figures in the cells where they fit,
 * a stroke across the corner of cells that rest on few cases, and an outline on the cell under the keyboard cursor.
 * Points carry `x`, `y`, `step` (0 = nothing due, 1…6), `value` (text) and `few`.
 */
export function heatGridSpec(options: {
  columns: string[];
  rows: string[];
  columnTitle: string;
  palette: 'trouble' | 'tally';
  legendTitle: string;
  /** What the darkest step stands for: the greatest value of the map, or 100 %. */
  legendMaximum: string;
  labels: boolean;
  width: number;
  labelAngle?: number;
}): TopLevelSpec {
  const steps = [1, 2, 3, 4, 5, 6];
  const x = {
    field: 'x',
    type: 'ordinal' as const,
    sort: options.columns,
    scale: { domain: options.columns, paddingInner: 0.04, paddingOuter: 0 },
  };
  const y = {
    field: 'y',
    type: 'ordinal' as const,
    sort: options.rows,
    scale: { domain: options.rows, paddingInner: 0.06, paddingOuter: 0 },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: options.width,
    height: options.rows.length * 28 + 4,
    data: { name: 'points' },
    params: [{ name: 'cursor', value: '' }],
    encoding: {
      x: {
        ...x,
        axis: {
          title: options.columnTitle,
          orient: 'top',
          domain: false,
          ticks: false,
          labelAngle: options.labelAngle ?? 0,
          labelOverlap: 'greedy',
        },
      },
      y: { ...y, axis: { title: null, labelLimit: options.width < 520 ? 104 : 190 } },
    },
    layer: [
      {
        mark: { type: 'rect', cornerRadius: 2, cursor: 'pointer' },
        encoding: {
          fill: {
            field: 'step',
            type: 'ordinal',
            scale: {
              domain: [0, ...steps],
              range: ['var(--heat-none)', ...steps.map((step) => `var(--${options.palette}-${step})`)],
            },
            legend: {
              title: options.legendTitle,
              orient: 'bottom',
              direction: 'horizontal',
              titleOrient: 'left',
              values: steps,
              symbolType: 'square',
              symbolSize: 220,
              columnPadding: 6,
              labelExpr: `datum.value == 1 ? '0' : datum.value == 6 ? '${options.legendMaximum}' : ''`,
            },
          },
          stroke: {
            condition: { test: 'datum.key === cursor', value: 'var(--chart-focus)' },
            value: 'transparent',
          },
          strokeWidth: { condition: { test: 'datum.key === cursor', value: 3 }, value: 0 },
        },
      },
      {
        transform: [{ filter: 'datum.few' }],
        mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.6 },
        encoding: {
          x: { ...x, bandPosition: 0.78 },
          x2: { field: 'x', bandPosition: 1 },
          y: { ...y, bandPosition: 0 },
          y2: { field: 'y', bandPosition: 0.5 },
          stroke: inkOfStep(options.palette, steps),
        },
      },
      ...(options.labels
        ? [
            {
              mark: { type: 'text' as const, fontSize: 11, baseline: 'middle' as const },
              encoding: { text: { field: 'value' }, fill: inkOfStep(options.palette, steps) },
            },
          ]
        : []),
    ],
  } as TopLevelSpec;
}

function inkOfStep(palette: string, steps: number[]) {
  return {
    condition: steps.map((step) => ({ test: `datum.step == ${step}`, value: `var(--${palette}-ink-${step})` })),
    value: 'var(--chart-ink-2)',
  };
}
