import type { TopLevelSpec } from 'vega-lite';
import type { BuiltChart, ChartContext, ChartPoint } from '../built-chart.ts';
import { chartMessages } from '../chart-messages.ts';
import { formatCount } from '../format.ts';

export interface LagStep {
  /** Start of the step, epoch milliseconds. */
  at: number;
  /** Records in the log that were not stored at the end of the step. */
  lag: number;
}

const MINUTE = 60_000;
/** The pages tell the time of Asia/Shanghai (no daylight saving since 1991) wherever the reader's machine stands. */
const SHANGHAI = 8 * 3_600_000;

/** Lag of the log as bars of `step` minutes; steps in which nobody asked the brokers stay empty. */
export function logLagChart(
  steps: readonly LagStep[],
  options: { caption: string; from: number; to: number; step: number },
  context: ChartContext,
): BuiltChart {
  const words = chartMessages(context.locale);
  const length = options.step * MINUTE;
  const clock = (at: number) => wallClock(at).slice(11);
  const shown = steps.filter(({ at }) => at >= options.from && at < options.to);
  const points = shown.map(
    ({ at, lag }): ChartPoint => ({
      key: String(at),
      column: Math.round((at - options.from) / length),
      row: 0,
      start: wallClock(at),
      lag,
      lines: [clock(at + length), formatCount(lag, context.locale)],
    }),
  );
  const last = shown.at(-1);
  const most = shown.reduce((best, step) => Math.max(best, step.lag), 0);
  const count = (n: number) => formatCount(n, context.locale);
  return {
    spec: spec(options, words.records, context),
    points,
    table: {
      caption: options.caption,
      columns: [
        { label: words.time, numeric: false },
        { label: words.records, numeric: true },
      ],
      rows: points.toReversed().map(({ lines }) => lines.map((text) => ({ text }))),
    },
    summary: !last
      ? ''
      : context.locale === 'en'
        ? `${count(last.lag)} records now, ${count(most)} at most.`
        : `目前 ${count(last.lag)} 条，最多时 ${count(most)} 条。`,
  };
}

/** `2026-01-01T10:00` in Asia/Shanghai. */
function wallClock(at: number): string {
  return new Date(at + SHANGHAI).toISOString().slice(0, 16);
}

function spec(
  { from, to, step }: { from: number; to: number; step: number },
  title: string,
  { width }: ChartContext,
): TopLevelSpec {
  const length = step * MINUTE;
  const starts = Array.from({ length: Math.ceil((to - from) / length) }, (_, index) =>
    wallClock(from + index * length),
  );
  const every = Math.ceil(starts.length / (width < 520 ? 5 : 12));
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width,
    height: 160,
    data: { name: 'points' },
    params: [{ name: 'cursor', value: '' }],
    mark: { type: 'bar', cursor: 'default' },
    encoding: {
      x: {
        field: 'start',
        type: 'ordinal',
        scale: { domain: starts, paddingInner: 0.1 },
        axis: {
          title: null,
          values: starts.filter((_, index) => index % every === 0),
          labelExpr: 'slice(datum.value, 11)',
          labelAngle: 0,
          ticks: false,
        },
      },
      y: { field: 'lag', type: 'quantitative', axis: { title, tickCount: 3, tickMinStep: 1, format: ',d' } },
      fill: { value: 'var(--series-2)' },
      stroke: { condition: { test: 'datum.key === cursor', value: 'var(--chart-focus)' }, value: 'transparent' },
      strokeWidth: { condition: { test: 'datum.key === cursor', value: 3 }, value: 0 },
    },
  } as TopLevelSpec;
}
