import type { TopLevelSpec } from 'vega-lite';
import type { Locale } from '../i18n/locale.ts';

/** One mark a reader can point at, step to with the arrow keys, or (with `href`) follow. */
export interface ChartPoint {
  /** Unique in the chart; the spec highlights the point whose key equals its `cursor` parameter. */
  key: string;
  /** Place in the reading grid: arrow keys move along `column` and `row`. */
  column: number;
  row: number;
  /** What the tooltip shows and a screen reader says: the name first, then figures with their n. */
  lines: string[];
  /** Where choosing this point leads (a narrower view), if anywhere. */
  href?: string;
  /** Further fields the spec encodes. */
  [field: string]: string | number | boolean | null | undefined | string[];
}

export interface ChartTableCell {
  text: string;
  href?: string;
}

export interface ChartTable {
  caption: string;
  /** First column is the row heading. `numeric` columns are set in tabular figures, right-aligned. */
  columns: { label: string; numeric: boolean }[];
  rows: ChartTableCell[][];
}

/** Everything `Chart.svelte` needs, made by a pure function of rows: one builder a folder. */
export interface BuiltChart {
  /** Vega-Lite, with the data source named `points` and no size-dependent parts beyond `width`. */
  spec: TopLevelSpec;
  points: ChartPoint[];
  table: ChartTable;
  /** The chart's message in one sentence, its text alternative. */
  summary: string;
}

export interface ChartContext {
  locale: Locale;
  /** Drawing width in CSS pixels, axes included. */
  width: number;
}
