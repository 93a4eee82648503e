import type { Config } from 'vega-lite';

/**
 * Colours are CSS variables: SVG presentation attributes resolve `var()`, so a change of theme or a print style sheet
 * recolours a drawn chart without drawing it again. For that every scale must be discrete (no interpolation).
 */
export const chartConfig: Config = {
  aria: false,
  autosize: { type: 'fit', contains: 'padding' },
  background: 'transparent',
  padding: 4,
  view: { stroke: null },
  axis: {
    domainColor: 'var(--chart-rule)',
    tickColor: 'var(--chart-rule)',
    gridColor: 'var(--chart-grid)',
    labelColor: 'var(--chart-ink-2)',
    titleColor: 'var(--chart-ink-2)',
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelPadding: 6,
  },
  axisY: { domain: false, ticks: false },
  legend: {
    labelColor: 'var(--chart-ink-1)',
    titleColor: 'var(--chart-ink-2)',
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    symbolStrokeWidth: 0,
    orient: 'top',
    labelLimit: 240,
    titleLimit: 420,
  },
  header: { labelColor: 'var(--chart-ink-1)', labelFontSize: 12, titleColor: 'var(--chart-ink-2)' },
  text: { fill: 'var(--chart-ink-1)', fontSize: 11 },
};
