import type { TopLevelSpec } from 'vega-lite';
import { formatShare } from '../../i18n/format.ts';
import type { BuiltChart, ChartContext, ChartPoint } from '../built-chart.ts';
import { formatCount } from '../format.ts';

export interface LoopStageBar {
  id: string;
  label: string;
  n: number;
  /** What passed the stage before; of the first stage itself. */
  of: number;
}

interface Options {
  caption: string;
  columns: { stage: string; n: string; of: string; all: string };
}

/** A funnel: a bar a stage, as long as its share of all, with n/N against the stage before. */
export function loopStagesChart(stages: readonly LoopStageBar[], options: Options, context: ChartContext): BuiltChart {
  const all = stages[0]?.n ?? 0;
  const shown = all === 0 ? [] : stages;
  const count = (n: number) => formatCount(n, context.locale);
  const share = (n: number, of: number) => (of > 0 ? formatShare(n, of) : '–');
  const points = shown.map(({ id, label, n, of }, row): ChartPoint => {
    const figure = `${count(n)}/${count(of)}${of > 0 ? ` · ${share(n, of)}` : ''}`;
    return {
      key: id,
      column: 0,
      row,
      category: label,
      n,
      figure,
      lines: [label, `${count(n)}/${count(of)} = ${share(n, of)}`],
    };
  });
  const last = stages.at(-1);
  return {
    spec: spec(points, all, context),
    points,
    table: {
      caption: options.caption,
      columns: [
        { label: options.columns.stage, numeric: false },
        { label: options.columns.n, numeric: true },
        { label: options.columns.of, numeric: true },
        { label: options.columns.all, numeric: true },
      ],
      rows: shown.map(({ label, n, of }) => [
        { text: label },
        { text: count(n) },
        { text: `${count(n)}/${count(of)} = ${share(n, of)}` },
        { text: `${count(n)}/${count(all)} = ${share(n, all)}` },
      ]),
    },
    summary: !last || all === 0 ? '' : summary(last.n, all, context),
  };
}

function summary(closed: number, all: number, { locale }: ChartContext): string {
  const [n, of, share] = [formatCount(closed, locale), formatCount(all, locale), formatShare(closed, all)];
  return locale === 'en' ? `${n} of ${of} loops are closed (${share}).` : `应办 ${of} 件，已闭环 ${n} 件（${share}）。`;
}

function spec(points: readonly ChartPoint[], all: number, { width }: ChartContext): TopLevelSpec {
  const y = {
    field: 'category',
    type: 'ordinal',
    sort: null,
    scale: { domain: points.map(({ category }) => category), paddingInner: 0.28, paddingOuter: 0.1 },
    axis: { title: null, labelLimit: width < 520 ? 110 : 190, ticks: false },
  };
  const x = {
    field: 'n',
    type: 'quantitative',
    // Room behind the longest bar for its figure.
    scale: { domain: [0, Math.max(1, all) * 1.35], nice: false },
    axis: null,
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width,
    height: 40 * Math.max(1, points.length) + 20,
    data: { name: 'points' },
    params: [{ name: 'cursor', value: '' }],
    encoding: { y, x },
    layer: [
      {
        mark: { type: 'bar', cursor: 'default' },
        encoding: {
          fill: { value: 'var(--series-1)' },
          stroke: { condition: { test: 'datum.key === cursor', value: 'var(--chart-focus)' }, value: 'transparent' },
          strokeWidth: { condition: { test: 'datum.key === cursor', value: 3 }, value: 0 },
        },
      },
      {
        mark: { type: 'text', align: 'left', baseline: 'middle', dx: 6, fontSize: 12 },
        encoding: { text: { field: 'figure' }, fill: { value: 'var(--chart-ink-1)' } },
      },
    ],
  } as TopLevelSpec;
}
