import type { TopLevelSpec } from 'vega-lite';
import type { BurnDown } from '../../backfill/burn-down.ts';
import { formatShare } from '../../i18n/format.ts';
import type { BuiltChart, ChartContext, ChartPoint } from '../built-chart.ts';
import { formatCount } from '../format.ts';

interface Options {
  caption: string;
  words: { day: string; entered: string; left: string; due: string };
}

/** Burn-down: what is left at the end of each step, as a stair, with the deadline as an upright line. */
export function burnDownChart(facts: BurnDown, { caption, words }: Options, context: ChartContext): BuiltChart {
  const count = (n: number) => formatCount(n, context.locale);
  const points = facts.steps.map(
    ({ day, entered, left }, column): ChartPoint => ({
      key: day,
      column,
      row: 0,
      day,
      left,
      lines: [
        day,
        `${words.left} ${count(left)}/${count(facts.stock)} = ${formatShare(left, facts.stock)}`,
        `${words.entered} ${count(entered)}`,
      ],
    }),
  );
  return {
    spec: spec(facts, words, context),
    points,
    table: {
      caption,
      columns: [
        { label: words.day, numeric: false },
        { label: words.entered, numeric: true },
        { label: words.left, numeric: true },
      ],
      rows: facts.steps.map(({ day, entered, left }) => [
        { text: day },
        { text: count(entered) },
        { text: count(left) },
      ]),
    },
    summary: points.length === 0 ? '' : summary(facts, context),
  };
}

function summary({ stock, entered, inTime, due }: BurnDown, { locale }: ChartContext): string {
  const n = (value: number) => formatCount(value, locale);
  const share = formatShare(entered, stock);
  if (locale === 'en')
    return `Of ${n(stock)} records ${n(entered)} are entered (${share})${due ? `, ${n(inTime)} by ${due}` : ''}; ${n(stock - entered)} are left.`;
  return `存量 ${n(stock)} 条，已补录 ${n(entered)} 条（${share}）${due ? `，其中期限内（至 ${due}）${n(inTime)} 条` : ''}；剩余 ${n(stock - entered)} 条。`;
}

function spec({ steps, due, stock }: BurnDown, words: Options['words'], { width }: ChartContext): TopLevelSpec {
  // A deadline before the first entry is told in words alone.
  const last = steps.at(-1)?.day ?? '';
  const first = steps[0]?.day ?? '';
  const shown = due !== null && due >= first ? due : null;
  const x = {
    field: 'day',
    type: 'temporal',
    scale: { type: 'utc', domain: [first, shown !== null && shown > last ? shown : last] },
    axis: {
      title: null,
      format: steps.length > 0 && spanYears(first, last) ? '%Y-%m' : '%m-%d',
      tickCount: Math.max(2, Math.floor(width / 110)),
      labelOverlap: 'greedy',
    },
  };
  const y = {
    field: 'left',
    type: 'quantitative',
    scale: { domain: [0, Math.max(1, stock)] },
    axis: { title: words.left, tickCount: 4, tickMinStep: 1, format: ',d' },
  };
  const deadline = shown === null ? [] : [deadlineLine(shown, words.due)];
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width,
    height: 240,
    data: { name: 'points', format: { parse: { day: 'utc:"%Y-%m-%d"' } } },
    params: [{ name: 'cursor', value: '' }],
    layer: [
      { mark: { type: 'area', interpolate: 'step-after', opacity: 0.25, fill: 'var(--series-1)' }, encoding: { x, y } },
      {
        mark: { type: 'line', interpolate: 'step-after', stroke: 'var(--series-1)', strokeWidth: 2 },
        encoding: { x, y },
      },
      {
        mark: { type: 'point', filled: true, size: 40 },
        encoding: {
          x,
          y,
          fill: { value: 'var(--series-1)' },
          stroke: { condition: { test: 'datum.key === cursor', value: 'var(--chart-focus)' }, value: 'transparent' },
          strokeWidth: { condition: { test: 'datum.key === cursor', value: 3 }, value: 0 },
        },
      },
      ...deadline,
    ],
  } as TopLevelSpec;
}

function deadlineLine(due: string, text: string) {
  const x = {
    datum: { expr: `utc(${Number(due.slice(0, 4))}, ${Number(due.slice(5, 7)) - 1}, ${Number(due.slice(8))})` },
    type: 'temporal',
  };
  return {
    data: { values: [{ text }] },
    layer: [
      { mark: { type: 'rule', stroke: 'var(--status-overdue)', strokeDash: [4, 3] }, encoding: { x } },
      {
        mark: { type: 'text', align: 'left', baseline: 'top', dx: 4, fontSize: 12, fill: 'var(--chart-ink-1)' },
        encoding: { x, y: { value: 0 }, text: { field: 'text' } },
      },
    ],
  };
}

function spanYears(first: string, last: string): boolean {
  return first.slice(0, 4) !== last.slice(0, 4);
}
