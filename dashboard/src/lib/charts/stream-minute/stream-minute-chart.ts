import type { TopLevelSpec } from 'vega-lite';
import type { BuiltChart, ChartContext, ChartPoint, ChartTableCell } from '../built-chart.ts';
import { chartMessages, fill } from '../chart-messages.ts';
import { formatCount } from '../format.ts';
import { clockTime, type MinuteSteps, minuteAxis, stepIndex, stepLength, wallClock } from '../minute-axis.ts';

export interface MinuteCount {
  /** Start of the step, epoch milliseconds. */
  at: number;
  type: string;
  events: number;
}

/** Types drawn on their own; the rest is one band, so that colours stay distinguishable. */
const shownTypes = 6;

/** Arrivals over time by event type, as stacked bars of `step` minutes. */
export function streamMinuteChart(
  counts: MinuteCount[],
  options: MinuteSteps & { caption: string; typeName: (type: string) => string },
  context: ChartContext,
): BuiltChart {
  const words = chartMessages(context.locale);
  const totals = new Map<string, number>();
  for (const { type, events } of counts) totals.set(type, (totals.get(type) ?? 0) + events);
  const ranked = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([type]) => type);
  const own = new Set(ranked.length <= shownTypes + 1 ? ranked : ranked.slice(0, shownTypes));
  const bandName = (type: string) => (own.has(type) ? options.typeName(type) : words.otherTypes);
  const bands = [...new Set(ranked.map(bandName))];

  const sums = new Map<string, { at: number; band: string; events: number }>();
  for (const { at, type, events } of counts) {
    const band = bandName(type);
    const sum = sums.get(`${at} ${band}`) ?? { at, band, events: 0 };
    sum.events += events;
    sums.set(`${at} ${band}`, sum);
  }
  const points = [...sums].map(
    ([key, { at, band, events }]): ChartPoint => ({
      key,
      column: stepIndex(at, options),
      row: bands.length - 1 - bands.indexOf(band),
      start: wallClock(at),
      band,
      order: bands.indexOf(band),
      count: events,
      lines: [clock(at), band, formatCount(events, context.locale)],
    }),
  );
  const total = [...totals.values()].reduce((sum, events) => sum + events, 0);
  return {
    spec: spec(bands, options, context),
    points,
    table: {
      caption: options.caption,
      columns: [
        { label: words.time, numeric: false },
        ...bands.map((band) => ({ label: band, numeric: true })),
        { label: words.total, numeric: true },
      ],
      rows: [
        ...[...new Set(counts.map(({ at }) => at))]
          .sort((a, b) => b - a)
          .map((at) => tableRow(clock(at), (band) => sums.get(`${at} ${band}`)?.events ?? 0)),
        tableRow(words.total, (band) =>
          counts.reduce((all, one) => all + (bandName(one.type) === band ? one.events : 0), 0),
        ),
      ],
    },
    summary:
      context.locale === 'en'
        ? `${formatCount(total, context.locale)} events of ${ranked.length} types.`
        : `共 ${formatCount(total, context.locale)} 个事件，${ranked.length} 种类型。`,
  };

  function tableRow(heading: string, count: (band: string) => number): ChartTableCell[] {
    const figures = bands.map(count);
    const all = figures.reduce((sum, n) => sum + n, 0);
    return [{ text: heading }, ...[...figures, all].map((n) => ({ text: formatCount(n, context.locale) }))];
  }

  function clock(at: number): string {
    return options.step === 1 ? clockTime(at) : `${clockTime(at)}–${clockTime(at + stepLength(options))}`;
  }
}

function spec(bands: string[], steps: MinuteSteps, { width, locale }: ChartContext): TopLevelSpec {
  const words = chartMessages(locale);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width,
    height: 260,
    data: { name: 'points' },
    params: [{ name: 'cursor', value: '' }],
    mark: { type: 'bar', cursor: 'default' },
    encoding: {
      x: minuteAxis(steps, width),
      y: {
        field: 'count',
        type: 'quantitative',
        stack: 'zero',
        axis: {
          title: steps.step === 1 ? words.eventsPerMinute : fill(words.eventsPerStep, { n: steps.step }),
          tickCount: 4,
          tickMinStep: 1,
          format: ',d',
        },
      },
      order: { field: 'order', type: 'quantitative' },
      fill: {
        field: 'band',
        type: 'nominal',
        scale: { domain: bands, range: bands.map((_, index) => `var(--series-${index + 1})`) },
        legend: { title: null, columns: width < 520 ? 2 : 4, symbolType: 'square' },
      },
      stroke: { condition: { test: 'datum.key === cursor', value: 'var(--chart-focus)' }, value: 'var(--chart-paper)' },
      strokeWidth: { condition: { test: 'datum.key === cursor', value: 3 }, value: 0.5 },
    },
  } as TopLevelSpec;
}
