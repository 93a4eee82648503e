import type { BuiltChart, ChartContext, ChartPoint, ChartTableCell } from '../built-chart.ts';
import { chartMessages, fill } from '../chart-messages.ts';
import { formatCount } from '../format.ts';
import { heatGridSpec } from '../heat-grid-spec.ts';
import { tallyPalette, tallyStep } from '../heat-palette.ts';
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

/** Heat map of industry sections × areas, as counts or per 100 of their base. */
export function heatAreaIndustryChart(
  cells: AreaIndustryCell[],
  options: {
    caption: string;
    mode: 'count' | 'rate';
    base: 'active' | 'results';
    href?: (area: string, industry: string) => string;
  },
  context: ChartContext,
): BuiltChart {
  const words = chartMessages(context.locale);
  const areas = distinct(cells.map((cell) => cell.area)).sort(unknownLast);
  const industries = distinct(cells.map((cell) => cell.industry)).sort(unknownLast);
  const areaName = (area: string) => cells.find((cell) => cell.area === area)?.areaName || words.areaUnknown;
  const rate = (cell: AreaIndustryCell) => (cell.base > 0 ? (100 * cell.count) / cell.base : null);
  // A rate over a handful of subjects must not set the scale of the whole map.
  const firm = cells.filter((cell) => options.mode === 'count' || cell.base >= smallBase);
  const scaled = firm.length > 0 ? firm : cells;
  const greatest = Math.max(0, ...scaled.map((cell) => (options.mode === 'count' ? cell.count : (rate(cell) ?? 0))));
  const texts = new Map<string, ChartTableCell>();

  const points = cells.map((cell): ChartPoint => {
    const perHundred = rate(cell);
    const key = `${cell.area} ${cell.industry}`;
    const shown = options.mode === 'count' ? cell.count : perHundred;
    const value =
      shown === null ? '' : formatCount(options.mode === 'rate' ? oneDecimal(shown) : shown, context.locale);
    const figures = `${formatCount(cell.count, context.locale)} / ${formatCount(cell.base, context.locale)} ${words[options.base]}`;
    const few = options.mode === 'rate' && cell.base > 0 && cell.base < smallBase;
    const href = options.href?.(cell.area, cell.industry);
    texts.set(key, {
      text: options.mode === 'rate' && value !== '' ? `${value} (${cell.count}/${cell.base})` : value || '–',
      ...(href ? { href } : {}),
    });
    return {
      key,
      column: areas.indexOf(cell.area),
      row: industries.indexOf(cell.industry),
      x: areaName(cell.area),
      y: industryName(cell.industry, context.locale),
      step: shown === null ? 0 : tallyStep(shown, greatest),
      value,
      few,
      lines: [
        `${areaName(cell.area)} · ${industryName(cell.industry, context.locale)}`,
        figures,
        perHundred === null
          ? words.noBase
          : `${words.perHundred} ${formatCount(oneDecimal(perHundred), context.locale)}`,
        ...(few ? [fill(words.smallN, { n: cell.base })] : []),
      ],
      ...(href ? { href } : {}),
    };
  });

  return {
    spec: heatGridSpec({
      columns: areas.map(areaName),
      rows: industries.map((industry) => industryName(industry, context.locale)),
      columnTitle: words.area,
      palette: tallyPalette,
      legendTitle: options.mode === 'count' ? words.countScale : words.rateScale,
      legendLabels: ['0', '', '', '', '', formatCount(oneDecimal(greatest), context.locale)],
      labels: context.width / Math.max(1, areas.length) > 56,
      upright: context.width / Math.max(1, areas.length) < 110,
      width: context.width,
    }),
    points,
    table: {
      caption: options.caption,
      columns: [
        { label: words.industry, numeric: false },
        ...areas.map((area) => ({ label: areaName(area), numeric: true })),
      ],
      rows: industries.map((industry) => [
        { text: industryName(industry, context.locale) },
        ...areas.map((area) => texts.get(`${area} ${industry}`) ?? { text: '–' }),
      ]),
    },
    summary: summarise(points, context),
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
  return Math.round(value * 10) / 10;
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
