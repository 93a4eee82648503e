import type { TopLevelSpec } from 'vega-lite';
import type { HeatPalette } from './heat-palette.ts';

/**
 * The drawing shared by the heat maps: cells coloured in discrete steps, figures in the cells where they fit,
 * a stroke across the corner of cells that rest on few cases, and an outline on the cell under the keyboard cursor.
 * Points carry `x`, `y`, `step` (0 = nothing due, from 1 a step of the palette), `value` (text) and `few`.
 */
export function heatGridSpec(options: {
  columns: string[];
  rows: string[];
  columnTitle: string;
  palette: HeatPalette;
  legendTitle: string;
  /** A label for each step that the legend shows (from the first on), '' for none. */
  legendLabels: string[];
  labels: boolean;
  width: number;
  /** Column headings that need more room than their column has stand upright. */
  upright?: boolean;
}): TopLevelSpec {
  const steps = options.palette.colours.map((_, index) => index + 1);
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
    height: options.rows.length * 28 + (options.upright ? 150 : 84),
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
          ...(options.upright
            ? { labelAngle: -90, labelAlign: 'left', labelBaseline: 'middle', labelOverlap: false }
            : { labelAngle: 0, labelOverlap: 'greedy' }),
        },
      },
      y: { ...y, axis: { title: null, labelLimit: options.width < 520 ? 104 : 240 } },
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
              range: ['transparent', ...options.palette.colours],
            },
            legend: {
              title: options.legendTitle,
              orient: 'bottom',
              direction: 'horizontal',
              ...(options.width < 520 && options.legendLabels.length > 6 ? { columns: 4 } : {}),
              titleOrient: options.width < 520 ? 'top' : 'left',
              values: steps.slice(0, options.legendLabels.length),
              symbolType: 'square',
              symbolSize: options.width < 520 ? 120 : 220,
              columnPadding: options.width < 520 ? 2 : 6,
              labelExpr: `[${['', ...options.legendLabels].map((label) => `'${label}'`).join(', ')}][datum.value]`,
            },
          },
          stroke: {
            condition: { test: 'datum.key === cursor', value: 'var(--chart-focus)' },
            value: 'var(--chart-grid)',
          },
          strokeWidth: {
            condition: [
              { test: 'datum.key === cursor', value: 3 },
              { test: 'datum.step == 0', value: 1 },
            ],
            value: 0,
          },
        },
      },
      {
        transform: [{ filter: 'datum.few' }],
        mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.6, xOffset: -11, y2Offset: 11 },
        encoding: {
          x: { ...x, bandPosition: 1 },
          x2: { field: 'x', bandPosition: 1 },
          y: { ...y, bandPosition: 0 },
          y2: { field: 'y', bandPosition: 0 },
          stroke: inkOfStep(options.palette),
        },
      },
      ...(options.labels
        ? [
            {
              mark: { type: 'text' as const, fontSize: 11, baseline: 'middle' as const },
              encoding: { text: { field: 'value' }, fill: inkOfStep(options.palette) },
            },
          ]
        : []),
    ],
  } as TopLevelSpec;
}

function inkOfStep(palette: HeatPalette) {
  return {
    condition: palette.inks.map((value, index) => ({ test: `datum.step == ${index + 1}`, value })),
    value: 'var(--chart-ink-2)',
  };
}
