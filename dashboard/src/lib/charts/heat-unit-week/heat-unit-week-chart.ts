import type { HeatScale } from '@hengjian/models/queries/heat-scale.ts';
import { classOf } from '@hengjian/models/stats/class-of.ts';
import { formatShare } from '../../i18n/format.ts';
import type { BuiltChart, ChartContext, ChartPoint, ChartTableCell } from '../built-chart.ts';
import { chartMessages, fill } from '../chart-messages.ts';
import { formatCount, isoDay } from '../format.ts';
import { heatGridSpec } from '../heat-grid-spec.ts';
import { mixedPalette, shareLabels, shareStep, shareSteps, tallyPalette } from '../heat-palette.ts';
import { columnHeading, columnLabel, columnName, heatColumns } from './heat-columns.ts';

export interface WeekCell {
  /** Heading of the line: a unit (one indicator chosen) or an indicator (one unit chosen). */
  line: string;
  lineName: string;
  /** First day of the column (Monday, or of a month or quarter), epoch milliseconds. */
  week: number;
  numerator: number;
  /** Absent where the indicator is a plain count. */
  denominator: number | null;
  /** `achieved`: a low share is the trouble; `late`: a high share is; `count`: no judgement. */
  kind: 'achieved' | 'late' | 'count';
  /** A complete count of few things (workdays of a week) rather than a small sample. */
  complete: boolean;
}

/** Under this denominator a share is drawn with a stroke through the cell (the badge `small_n` of the scores). */
const smallN = 10;

interface WeekMap {
  caption: string;
  lineHeading: string;
  /** Every line in reading order, also those without a cell. */
  lines: { line: string; name: string }[];
  scale?: HeatScale;
  /** Upper ends of the classes of a line's plain amounts, over the whole series; zero has a colour to itself. */
  classesOf?: (line: string) => readonly number[];
  href?: (line: string, week: number | null) => string;
}

/** Heat map of lines × weeks, months or quarters; colour is the share achieved (for `late`: the share that was not late), or the count. */
export function heatUnitWeekChart(cells: WeekCell[], map: WeekMap, context: ChartContext): BuiltChart {
  const words = chartMessages(context.locale);
  const { lines, scale = 'week', href } = map;
  const weeks = heatColumns(
    cells.map((cell) => cell.week),
    scale,
  );
  const names = new Set(lines.map(({ line }) => line));
  const shown = completed(
    cells.filter((cell) => names.has(cell.line)),
    lines,
    weeks,
  );
  const onlyCounts = shown.every((cell) => cell.kind === 'count');
  const classesOf = map.classesOf ?? (() => []);
  const stepOf = (cell: WeekCell) => amountStep(cell.numerator, classesOf(cell.line)) + (onlyCounts ? 0 : shareSteps);
  const { points, texts } = pointsOf(shown, weeks, map, stepOf, context);
  return {
    spec: heatGridSpec({
      columns: weeks.map((week) => columnLabel(week, scale)),
      rows: lines.map(({ name }) => name),
      columnTitle: { week: words.weekFrom, month: words.month, quarter: words.quarter }[scale],
      palette: onlyCounts ? tallyPalette : mixedPalette,
      legendTitle: onlyCounts ? words.countScale : words.achievedScale,
      legendLabels: onlyCounts
        ? ['0', ...classesOf(lines[0]?.line ?? '').map((end) => `≤${formatCount(end, context.locale)}`)]
        : shareLabels,
      labels: context.width / Math.max(1, weeks.length) > 52,
      width: context.width,
    }),
    points,
    table: {
      caption: map.caption,
      columns: [
        { label: map.lineHeading, numeric: false },
        ...weeks.map((week) => ({ label: columnHeading(week, scale), numeric: true })),
      ],
      rows: lines.map(({ line, name }) => [
        { text: name, ...(href ? { href: href(line, null) } : {}) },
        ...weeks.map((week): ChartTableCell => ({ text: texts.get(`${line} ${isoDay(week)}`) ?? '' })),
      ]),
    },
    summary: summarise(shown, context),
  };
}

/** One indicator on all lines has one set of classes; several indicators have one each. */
function amountStep(value: number, classes: readonly number[]): number {
  return value > 0 ? 1 + Math.max(1, classOf(value, classes)) : 1;
}

/** What is drawn and pointed at, and the text of each cell by line and day. */
function pointsOf(
  cells: WeekCell[],
  weeks: number[],
  { lines, scale = 'week', href }: WeekMap,
  stepOf: (cell: WeekCell) => number,
  context: ChartContext,
): { points: ChartPoint[]; texts: Map<string, string> } {
  const words = chartMessages(context.locale);
  const lineIndex = new Map(lines.map(({ line }, index) => [line, index]));
  const weekIndex = new Map(weeks.map((week, index) => [week, index]));
  const texts = new Map<string, string>();
  const points = cells.map((cell): ChartPoint => {
    const { step, value, figures } = describe(cell, stepOf, context);
    const key = `${cell.line} ${isoDay(cell.week)}`;
    texts.set(key, figures);
    const few = isSmall(cell);
    return {
      key,
      column: weekIndex.get(cell.week)!,
      row: lineIndex.get(cell.line)!,
      x: columnLabel(cell.week, scale),
      y: cell.lineName,
      step,
      value,
      few,
      lines: [
        cell.lineName,
        columnName(cell.week, scale, context.locale),
        figures,
        ...(few ? [fill(words.smallN, { n: cell.denominator! })] : []),
      ],
      ...(href ? { href: href(cell.line, cell.week) } : {}),
    };
  });
  return { points, texts };
}

/** Cells that are absent because nothing was due or happened, so that they can be pointed at too. */
function completed(cells: WeekCell[], lines: { line: string; name: string }[], weeks: number[]): WeekCell[] {
  const present = new Map(cells.map((cell) => [`${cell.line} ${cell.week}`, cell]));
  const example = new Map(cells.map((cell) => [cell.line, cell]));
  return lines.flatMap(({ line, name }) =>
    weeks.map((week) => {
      const { kind = 'achieved', complete = false } = example.get(line) ?? cells[0] ?? {};
      const denominator = kind === 'count' ? null : 0;
      return (
        present.get(`${line} ${week}`) ?? { line, lineName: name, week, numerator: 0, denominator, kind, complete }
      );
    }),
  );
}

function isSmall(cell: WeekCell): boolean {
  return cell.denominator !== null && !cell.complete && cell.denominator > 0 && cell.denominator < smallN;
}

function describe(cell: WeekCell, stepOf: (cell: WeekCell) => number, { locale }: ChartContext) {
  const words = chartMessages(locale);
  if (cell.kind === 'count' || cell.denominator === null) {
    const text = formatCount(cell.numerator, locale);
    return { step: stepOf(cell), value: text, figures: text };
  }
  if (cell.denominator === 0) return { step: 0, value: '', figures: words.noBusiness };
  const share = cell.numerator / cell.denominator;
  const figure = formatShare(cell.numerator, cell.denominator);
  return {
    step: shareStep(cell.kind === 'achieved' ? share : 1 - share),
    value: figure,
    figures: `${formatCount(cell.numerator, locale)}/${formatCount(cell.denominator, locale)} = ${figure}`,
  };
}

/** Names the line that does worst over the whole period: what a glance at the map should tell. */
function summarise(cells: WeekCell[], { locale }: ChartContext): string {
  const onlyCounts = cells.every((cell) => cell.kind === 'count');
  const totals = new Map<string, { name: string; kind: WeekCell['kind']; numerator: number; denominator: number }>();
  for (const cell of cells) {
    const total = totals.get(cell.line) ?? { name: cell.lineName, kind: cell.kind, numerator: 0, denominator: 0 };
    total.numerator += cell.numerator;
    total.denominator += cell.denominator ?? 0;
    totals.set(cell.line, total);
  }
  const ranked = [...totals.values()]
    // Beside shares a plain amount is no trouble.
    .filter((total) => (total.kind === 'count' ? onlyCounts : total.denominator > 0))
    .map((total) => {
      const share = total.kind === 'count' ? total.numerator : total.numerator / total.denominator;
      return { ...total, share, trouble: total.kind === 'achieved' ? 1 - share : share };
    })
    .sort((a, b) => b.trouble - a.trouble);
  const worst = ranked[0];
  if (!worst) return '';
  const figure =
    worst.kind === 'count'
      ? formatCount(worst.numerator, locale)
      : `${formatShare(worst.numerator, worst.denominator)} (${formatCount(worst.numerator, locale)}/${formatCount(worst.denominator, locale)})`;
  if (locale === 'en') return `${worst.kind === 'count' ? 'Highest' : 'Most trouble'}: ${worst.name}, ${figure}.`;
  return `${worst.kind === 'count' ? '最多' : '问题最集中'}：${worst.name}，${figure}。`;
}
