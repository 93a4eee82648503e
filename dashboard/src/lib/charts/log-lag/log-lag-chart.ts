import type { TopLevelSpec } from 'vega-lite';
import type { BuiltChart, ChartContext, ChartPoint } from '../built-chart.ts';
import { chartMessages } from '../chart-messages.ts';
import { formatCount } from '../format.ts';
import { clockTime, type MinuteSteps, minuteAxis, stepIndex, stepLength, wallClock } from '../minute-axis.ts';

export interface LagStep {
  /** Start of the step, epoch milliseconds. */
  at: number;
  /** Records in the log that were not stored at the end of the step. */
  lag: number;
}

/** Lag of the log as bars of `step` minutes; steps in which nobody asked the brokers stay empty. */
export function logLagChart(
  steps: readonly LagStep[],
  options: MinuteSteps & { caption: string },
  context: ChartContext,
): BuiltChart {
  const words = chartMessages(context.locale);
  const shown = steps.filter(({ at }) => at >= options.from && at < options.to);
  const points = shown.map(
    ({ at, lag }): ChartPoint => ({
      key: String(at),
      column: stepIndex(at, options),
      row: 0,
      start: wallClock(at),
      lag,
      lines: [clockTime(at + stepLength(options)), formatCount(lag, context.locale)],
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

function spec(steps: MinuteSteps, title: string, { width }: ChartContext): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width,
    height: 160,
    data: { name: 'points' },
    params: [{ name: 'cursor', value: '' }],
    mark: { type: 'bar', cursor: 'default' },
    encoding: {
      x: minuteAxis(steps, width),
      y: { field: 'lag', type: 'quantitative', axis: { title, tickCount: 3, tickMinStep: 1, format: ',d' } },
      fill: { value: 'var(--series-2)' },
      stroke: { condition: { test: 'datum.key === cursor', value: 'var(--chart-focus)' }, value: 'transparent' },
      strokeWidth: { condition: { test: 'datum.key === cursor', value: 3 }, value: 0 },
    },
  } as TopLevelSpec;
}
