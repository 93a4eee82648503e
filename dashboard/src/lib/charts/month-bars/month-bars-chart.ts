import type { TopLevelSpec } from 'vega-lite';
import type { BuiltChart, ChartContext, ChartPoint } from '../built-chart.ts';
import { chartMessages } from '../chart-messages.ts';
import { formatCount } from '../format.ts';

export interface MonthCount {
  /** First day of the month, epoch milliseconds. */
  month: number;
  events: number;
}

/** Events by month, every month between the first and the last on the axis. */
export function monthBarsChart(counts: MonthCount[], options: { caption: string }, context: ChartContext): BuiltChart {
  const words = chartMessages(context.locale);
  const byMonth = new Map(counts.map(({ month, events }) => [label(month), events]));
  const months = monthsBetween(counts.map(({ month }) => month));
  const points = months.map((month, column): ChartPoint => {
    const events = byMonth.get(month) ?? 0;
    return { key: month, column, row: 0, month, count: events, lines: [month, formatCount(events, context.locale)] };
  });
  const greatest = points.reduce(
    (best, point) => (Number(point.count) > Number(best?.count ?? 0) ? point : best),
    points[0],
  );
  return {
    spec: spec(months, words.count, context),
    points,
    table: {
      caption: options.caption,
      columns: [
        { label: words.month, numeric: false },
        { label: words.count, numeric: true },
      ],
      rows: points.map((point) => [{ text: String(point.month) }, { text: point.lines[1]! }]),
    },
    summary: greatest
      ? context.locale === 'en'
        ? `Highest in ${greatest.month}: ${greatest.lines[1]}.`
        : `${greatest.month} 最多：${greatest.lines[1]} 件。`
      : '',
  };
}

function label(month: number): string {
  return new Date(month).toISOString().slice(0, 7);
}

function monthsBetween(months: number[]): string[] {
  if (months.length === 0) return [];
  const day = new Date(Math.min(...months));
  const last = Math.max(...months);
  const found: string[] = [];
  for (; day.getTime() <= last; day.setUTCMonth(day.getUTCMonth() + 1)) found.push(label(day.getTime()));
  return found;
}

function spec(months: string[], title: string, { width }: ChartContext): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    // A few months do not need the whole width.
    width: Math.min(width, 80 + 96 * months.length),
    height: 200,
    data: { name: 'points' },
    params: [{ name: 'cursor', value: '' }],
    mark: { type: 'bar' },
    encoding: {
      x: {
        field: 'month',
        type: 'ordinal',
        scale: { domain: months, paddingInner: 0.25 },
        axis: { title: null, labelAngle: 0, ticks: false, labelOverlap: 'greedy' },
      },
      y: { field: 'count', type: 'quantitative', axis: { title, tickCount: 4, tickMinStep: 1, format: ',d' } },
      fill: { value: 'var(--series-1)' },
      stroke: { condition: { test: 'datum.key === cursor', value: 'var(--chart-focus)' }, value: 'transparent' },
      strokeWidth: { condition: { test: 'datum.key === cursor', value: 3 }, value: 0 },
    },
  } as TopLevelSpec;
}
