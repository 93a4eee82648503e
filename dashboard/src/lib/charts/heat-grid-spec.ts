import type { TopLevelSpec } from 'vega-lite';
import type { HeatPalette } from './heat-palette.ts';

interface HeatGrid {
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
}

/** Below this width, in pixels, the legend and the names of rows get less room. */
const NARROW = 520;

/**
 * The drawing shared by the heat maps: cells coloured in discrete steps, figures in the cells where they fit,
 * a stroke across the corner of cells that rest on few cases, and an outline on the cell under the keyboard cursor.
 * Points carry `x`, `y`, `step` (0 = nothing due, from 1 a step of the palette), `value` (text) and `few`.
 */
export function heatGridSpec(grid: HeatGrid): TopLevelSpec {
  const x = {
    field: 'x',
    type: 'ordinal' as const,
    sort: grid.columns,
    scale: { domain: grid.columns, paddingInner: 0.04, paddingOuter: 0 },
  };
  const y = {
    field: 'y',
    type: 'ordinal' as const,
    sort: grid.rows,
    scale: { domain: grid.rows, paddingInner: 0.06, paddingOuter: 0 },
  };
  const fewCases = {
    transform: [{ filter: 'datum.few' }],
    mark: { type: 'rule', strokeWidth: 1.5, opacity: 0.6, xOffset: -11, y2Offset: 11 },
    encoding: {
      x: { ...x, bandPosition: 1 },
      x2: { field: 'x', bandPosition: 1 },
      y: { ...y, bandPosition: 0 },
      y2: { field: 'y', bandPosition: 0 },
      stroke: inkOfStep(grid.palette),
    },
  };
  const figures = {
    mark: { type: 'text', fontSize: 11, baseline: 'middle' },
    encoding: { text: { field: 'value' }, fill: inkOfStep(grid.palette) },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: grid.width,
    height: grid.rows.length * 28 + (grid.upright ? 150 : 84),
    data: { name: 'points' },
    params: [{ name: 'cursor', value: '' }],
    encoding: {
      x: { ...x, axis: columnAxis(grid) },
      y: { ...y, axis: { title: null, labelLimit: grid.width < NARROW ? 104 : 240 } },
    },
    layer: [cells(grid), fewCases, ...(grid.labels ? [figures] : [])],
  } as TopLevelSpec;
}

function columnAxis({ columnTitle, upright }: HeatGrid) {
  return {
    title: columnTitle,
    orient: 'top',
    domain: false,
    ticks: false,
    ...(upright
      ? { labelAngle: -90, labelAlign: 'left', labelBaseline: 'middle', labelOverlap: false }
      : { labelAngle: 0, labelOverlap: 'greedy' }),
  };
}

/** The coloured cells, with the outline of the one under the cursor. */
function cells(grid: HeatGrid) {
  const steps = grid.palette.colours.map((_, index) => index + 1);
  return {
    mark: { type: 'rect', cornerRadius: 2, cursor: 'pointer' },
    encoding: {
      fill: {
        field: 'step',
        type: 'ordinal',
        scale: { domain: [0, ...steps], range: ['transparent', ...grid.palette.colours] },
        legend: legend(grid, steps),
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
  };
}

function legend({ legendTitle, legendLabels, width }: HeatGrid, steps: number[]) {
  const narrow = width < NARROW;
  return {
    title: legendTitle,
    orient: 'bottom',
    direction: 'horizontal',
    ...(narrow && legendLabels.length > 6 ? { columns: 4 } : {}),
    titleOrient: narrow ? 'top' : 'left',
    values: steps.slice(0, legendLabels.length),
    symbolType: 'square',
    symbolSize: narrow ? 120 : 220,
    columnPadding: narrow ? 2 : 6,
    labelExpr: `[${['', ...legendLabels].map((label) => `'${label}'`).join(', ')}][datum.value]`,
  };
}

function inkOfStep(palette: HeatPalette) {
  return {
    condition: palette.inks.map((value, index) => ({ test: `datum.step == ${index + 1}`, value })),
    value: 'var(--chart-ink-2)',
  };
}
