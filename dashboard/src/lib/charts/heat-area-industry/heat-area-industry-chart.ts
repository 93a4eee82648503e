import { roundExact } from '@hengjian/contract/round-exact.ts';
import { classOf } from '@hengjian/models/stats/class-of.ts';
import type { BuiltChart, ChartContext, ChartPoint, ChartTableCell } from '../built-chart.ts';
import { chartMessages, fill } from '../chart-messages.ts';
import { formatCount } from '../format.ts';
import { heatGridSpec } from '../heat-grid-spec.ts';
import { tallyPalette } from '../heat-palette.ts';
import { industryName } from './industry-sections.ts';

export interface AreaIndustryCell {
  /** Area code, '' where neither the event nor its subject names one. */
  area: string;
  areaName: string;
  /** GB/T 4754 section letter, '' where unknown. */
  industry: string;
  /** Events in the period. */
  count: number;
  /** What the events are set against: subjects on the register at the end of the period, or inspection results. */
  base: number;
}

/** Over a smaller base a rate is drawn with a stroke through the cell. */
const smallBase = 30;

interface AreaMap {
  caption: string;
  mode: 'count' | 'rate';
  base: 'active' | 'results';
  /** Upper ends of the classes of the series, in which zero has a colour to itself. */
  classes: readonly number[];
  href?: (area: string, industry: string) => string;
}

/** Heat map of industry sections × areas, as counts or per 100 of their base. */
export function heatAreaIndustryChart(cells: AreaIndustryCell[], map: AreaMap, context: ChartContext): BuiltChart {
  const words = chartMessages(context.locale);
  const areas = distinct(cells.map((cell) => cell.area)).sort(unknownLast);
  const industries = distinct(cells.map((cell) => cell.industry)).sort(unknownLast);
  const areaName = (area: string) => cells.find((cell) => cell.area === area)?.areaName || words.areaUnknown;
  const points = cells.map((cell): ChartPoint => {
    const place = { column: areas.indexOf(cell.area), row: industries.indexOf(cell.industry) };
    return pointOf(cell, place, areaName(cell.area), map, context);
  });
  const texts = new Map(cells.map((cell) => [keyOf(cell), tableCell(cell, map, context)]));
  const columnWidth = context.width / Math.max(1, areas.length);
  return {
    spec: heatGridSpec({
      columns: areas.map(areaName),
      rows: industries.map((industry) => industryName(industry, context.locale)),
      columnTitle: words.area,
      palette: tallyPalette,
      legendTitle: map.mode === 'count' ? words.countScale : words.rateScale,
      legendLabels: ['0', ...map.classes.map((end) => `≤${formatCount(oneDecimal(end), context.locale)}`)],
      labels: columnWidth > 56,
      upright: columnWidth < 110,
      width: context.width,
    }),
    points,
    table: {
      caption: map.caption,
      columns: [
        { label: words.industry, numeric: false },
        ...areas.map((area) => ({ label: areaName(area), numeric: true })),
      ],
      rows: industries.map((industry) => [
        { text: industryName(industry, context.locale) },
        ...areas.map((area) => texts.get(keyOf({ area, industry })) ?? { text: '–' }),
      ]),
    },
    summary: summarise(points, context),
  };
}

const keyOf = ({ area, industry }: Pick<AreaIndustryCell, 'area' | 'industry'>): string => `${area} ${industry}`;

/** Events per 100 of the base; null without a base. */
const rateOf = ({ count, base }: AreaIndustryCell): number | null => (base > 0 ? (100 * count) / base : null);

const shownOf = (cell: AreaIndustryCell, { mode }: AreaMap): number | null =>
  mode === 'count' ? cell.count : rateOf(cell);

/** The figure that stands in the cell; '' where there is none. */
function figureOf(cell: AreaIndustryCell, map: AreaMap, { locale }: ChartContext): string {
  const shown = shownOf(cell, map);
  if (shown === null) return '';
  return formatCount(map.mode === 'rate' ? oneDecimal(shown) : shown, locale);
}

function hrefOf({ area, industry }: AreaIndustryCell, { href }: AreaMap): { href?: string } {
  return href ? { href: href(area, industry) } : {};
}

function tableCell(cell: AreaIndustryCell, map: AreaMap, context: ChartContext): ChartTableCell {
  const value = figureOf(cell, map, context);
  const text = map.mode === 'rate' && value !== '' ? `${value} (${cell.count}/${cell.base})` : value || '–';
  return { text, ...hrefOf(cell, map) };
}

function pointOf(
  cell: AreaIndustryCell,
  place: Pick<ChartPoint, 'column' | 'row'>,
  areaName: string,
  map: AreaMap,
  context: ChartContext,
): ChartPoint {
  const { locale } = context;
  const words = chartMessages(locale);
  const industry = industryName(cell.industry, locale);
  const shown = shownOf(cell, map);
  const perHundred = rateOf(cell);
  const few = map.mode === 'rate' && cell.base > 0 && cell.base < smallBase;
  return {
    ...place,
    key: keyOf(cell),
    x: areaName,
    y: industry,
    step: shown === null ? 0 : shown > 0 ? 1 + classOf(shown, map.classes) : 1,
    value: figureOf(cell, map, context),
    few,
    lines: [
      `${areaName} · ${industry}`,
      `${formatCount(cell.count, locale)} / ${formatCount(cell.base, locale)} ${words[map.base]}`,
      perHundred === null ? words.noBase : `${words.perHundred} ${formatCount(oneDecimal(perHundred), locale)}`,
      ...(few ? [fill(words.smallN, { n: cell.base })] : []),
    ],
    ...hrefOf(cell, map),
  };
}

function distinct(values: string[]): string[] {
  return [...new Set(values)];
}

function unknownLast(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function oneDecimal(value: number): number {
  return Number(roundExact(value, 1));
}

function summarise(points: ChartPoint[], { locale }: ChartContext): string {
  const top = points
    .filter((point) => !point.few && point.value !== '' && point.value !== '0')
    .sort((a, b) => Number(b.step) - Number(a.step) || numeric(b) - numeric(a))[0];
  if (!top) return '';
  return locale === 'en' ? `Highest: ${top.lines[0]}, ${top.value}.` : `最高：${top.lines[0]}，${top.value}。`;
}

function numeric(point: ChartPoint): number {
  return Number(String(point.value).replaceAll(',', ''));
}
