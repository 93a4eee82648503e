/**
 * Which areas and industries stand out in a month: from the others (funnel), or from their own past (EWMA, CUSUM). What is judged
 * are inspections that were made; who is inspected more often where risk is high finds more there, so an alert is a reason to look.
 */
import { roundExact } from '@hengjian/contract/round-exact.ts';
import { cusumChart } from '../../stats/cusum-chart.ts';
import { ewmaChart } from '../../stats/ewma-chart.ts';
import { funnelLimits } from '../../stats/funnel-limits.ts';
import { monthBefore, monthsBetween, parseMonth } from '../risk-month.ts';
import type { MonthCount } from './read-month-counts.ts';
import type { AlertChart, AlertPoint, FoundAlert } from './risk-alert.ts';
import { type MonthValue, standardScores } from './standard-scores.ts';

/** Months of a series: a baseline of at least a year, which the charts take for usual, and those that are watched. */
export const SERIES_MONTHS = 24;
export const WATCHED_MONTHS = 6;
export const BASELINE_MONTHS = 12;
/** On each side of the funnel, about three standard deviations. */
const FUNNEL_TAIL = 0.001;
/** Fewer inspections in a month are no rate to speak of. */
const SMALLEST_RATE = 10;
/** Fewer expected a month are too few for charts that lean on the normal distribution (sampling.md §4). */
const SMALLEST_EXPECTED = 5;
const EWMA = { target: 0, sigma: 1, lambda: 0.2, width: 3 };
/** Finds a shift of one standard deviation; decision five of them. */
const CUSUM = { target: 0, allowance: 0.5, decision: 5 };

export interface CellSeries {
  topic: MonthCount['topic'];
  by: MonthCount['by'];
  key: string;
  /** All months, those without anything too, latest last. */
  months: MonthValue[];
}

/** @param rows of the months that end with the one to be judged @param month YYYY-MM, ended */
export function judgeCounts(rows: readonly MonthCount[], month: string): FoundAlert[] {
  const cells = cellSeries(rows, month);
  return cells
    .flatMap((cell) => [...funnelAlerts(cell, poolOf(cells, cell)), ...controlAlerts(cell)])
    .sort((a, b) => (a.alert_id < b.alert_id ? -1 : 1));
}

/** From the first month in which a topic has anything at all: before it nobody told of it. */
export function cellSeries(rows: readonly MonthCount[], month: string): CellSeries[] {
  let first = parseMonth(month)!;
  for (let n = 1; n < SERIES_MONTHS; n++) first = monthBefore(first);
  const window = monthsBetween(first, parseMonth(month)!).map(({ id }) => id);
  return [...Map.groupBy(rows, ({ topic }) => topic)].flatMap(([topic, ofTopic]) => {
    const begin = ofTopic.map((row) => row.month).sort()[0]!;
    const months = window.filter((one) => one >= begin);
    return [...Map.groupBy(ofTopic, ({ by, key }) => `${by}\t${key}`).values()].map((own) => {
      const found = new Map(own.map((row) => [row.month, row]));
      const { by, key } = own[0]!;
      return {
        topic,
        by,
        key,
        months: months.map((one) => ({ month: one, n: found.get(one)?.n ?? 0, count: found.get(one)?.count ?? 0 })),
      };
    });
  });
}

/** Share of findings in all cells of the same kind over the last twelve months. */
function poolOf(cells: readonly CellSeries[], { topic, by }: CellSeries): number {
  const months = cells
    .filter((cell) => cell.topic === topic && cell.by === by)
    .flatMap((cell) => cell.months.slice(-12));
  const [n, count] = [sum(months, 'n'), sum(months, 'count')];
  return n > 0 ? count / n : 0;
}

function funnelAlerts(cell: CellSeries, target: number): FoundAlert[] {
  const last = cell.months.at(-1)!;
  if (cell.topic !== 'findings' || last.n < SMALLEST_RATE || !(target > 0 && target < 1)) return [];
  const series = cell.months.slice(-12).map((month): AlertPoint => {
    if (month.n === 0) return { ...month, value: null, lower: null, upper: null };
    const { lower, upper } = funnelLimits(target, month.n, FUNNEL_TAIL);
    return { ...month, value: rounded(month.count / month.n), lower: rounded(lower), upper: rounded(upper) };
  });
  const { value, lower, upper } = series.at(-1)!;
  const direction = value! > upper! ? 'high' : value! < lower! ? 'low' : undefined;
  return direction ? [alertOf(cell, { chart: 'funnel', direction, target, series })] : [];
}

/** Raised in the month in which a chart begins to stand outside its limits, not in each that follows. */
function controlAlerts(cell: CellSeries): FoundAlert[] {
  const baseline = cell.months.slice(0, -WATCHED_MONTHS);
  if (baseline.length < BASELINE_MONTHS) return [];
  const standard = standardScores(baseline, cell.months.slice(-WATCHED_MONTHS), cell.topic === 'findings');
  if (!standard || standard.expected < SMALLEST_EXPECTED || standard.scores.at(-1)!.z === null) return [];
  const scored = standard.scores.filter((score): score is MonthValue & { z: number } => score.z !== null);
  const values = scored.map(({ z }) => z);
  const sums = cusumChart(values, CUSUM);
  const charts: Record<'ewma' | 'cusum', Omit<AlertPoint, 'month' | 'n' | 'count'>[]> = {
    ewma: ewmaChart(values, EWMA).map(({ value, lower, upper }) => ({ value, lower, upper })),
    cusum: sums.map(({ high, low }) => ({
      value: high >= low ? high : -low,
      lower: -CUSUM.decision,
      upper: CUSUM.decision,
    })),
  };
  return (['ewma', 'cusum'] as const).flatMap((chart) => {
    const series = scored.map(({ month, n, count }, index): AlertPoint => {
      const { value, lower, upper } = charts[chart][index]!;
      return { month, n, count, value: rounded(value!), lower: rounded(lower!), upper: rounded(upper!) };
    });
    const [before, now] = [sideOf(series.at(-2)), sideOf(series.at(-1))];
    // Fewer complaints or entries are no risk.
    if (!now || now === before || (now === 'low' && cell.topic !== 'findings')) return [];
    return [alertOf(cell, { chart, direction: now, target: standard.target, series })];
  });
}

function sideOf(point: AlertPoint | undefined): 'high' | 'low' | undefined {
  if (!point) return undefined;
  return point.value! > point.upper! ? 'high' : point.value! < point.lower! ? 'low' : undefined;
}

function alertOf(
  { topic, by, key }: CellSeries,
  found: { chart: AlertChart; direction: 'high' | 'low'; target: number; series: AlertPoint[] },
): FoundAlert {
  const { month, n, count, value, lower, upper } = found.series.at(-1)!;
  return {
    alert_id: [month, topic, found.chart, found.direction, by, key].join('-'),
    topic,
    chart: found.chart,
    direction: found.direction,
    month,
    area: by === 'area' ? key : '',
    industry: by === 'industry' ? key : '',
    n,
    count,
    target: rounded(found.target),
    value: value!,
    lower,
    upper,
    series: found.series,
    visits: [],
    subject: '',
  };
}

const sum = (months: readonly MonthValue[], member: 'n' | 'count') =>
  months.reduce((total, month) => total + month[member], 0);

/** As it is shown and compared: the same on every machine. */
const rounded = (value: number): number => Number(roundExact(value, 6));
