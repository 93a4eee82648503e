import type { BuiltChart, ChartContext, ChartPoint } from '../built-chart.ts';
import { chartMessages } from '../chart-messages.ts';
import { industryName } from '../heat-area-industry/industry-sections.ts';
import { heatGridSpec } from '../heat-grid-spec.ts';
import { tallyPalette } from '../heat-palette.ts';

export interface ClassGridCell {
  /** Area code, '' where unknown. */
  area: string;
  areaName: string;
  /** GB/T 4754 section letter, '' where unknown. */
  industry: string;
  /** 0 where there is nothing to show, 1 for zero, from 2 on the class. */
  step: number;
  /** The figure in the cell, and in the table with its n. */
  value: string;
  text: string;
  few: boolean;
  /** Below the name of the cell: figures with their n. */
  lines: string[];
  href?: string;
}

interface ClassGrid {
  caption: string;
  legendTitle: string;
  /** Upper end of each class, formatted, lowest first; before them stands zero. */
  ends: string[];
  /** One sentence to take away. */
  summary: string;
}

/** Heat map of industry sections × areas in the classes of a series. */
export function classGridChart(cells: readonly ClassGridCell[], grid: ClassGrid, context: ChartContext): BuiltChart {
  const words = chartMessages(context.locale);
  const areas = distinct(cells.map((cell) => cell.area)).sort(unknownLast);
  const industries = distinct(cells.map((cell) => cell.industry)).sort(unknownLast);
  const areaName = (area: string) => cells.find((cell) => cell.area === area)?.areaName || words.areaUnknown;
  const texts = new Map(cells.map((cell) => [keyOf(cell), cell]));
  const columnWidth = context.width / Math.max(1, areas.length);
  return {
    spec: heatGridSpec({
      columns: areas.map(areaName),
      rows: industries.map((industry) => industryName(industry, context.locale)),
      columnTitle: words.area,
      palette: tallyPalette,
      legendTitle: grid.legendTitle,
      legendLabels: ['0', ...grid.ends.map((end) => `≤${end}`)],
      labels: columnWidth > 56,
      upright: columnWidth < 110,
      width: context.width,
    }),
    points: cells.map((cell): ChartPoint => {
      const industry = industryName(cell.industry, context.locale);
      return {
        key: keyOf(cell),
        column: areas.indexOf(cell.area),
        row: industries.indexOf(cell.industry),
        x: areaName(cell.area),
        y: industry,
        step: cell.step,
        value: cell.value,
        few: cell.few,
        lines: [`${areaName(cell.area)} · ${industry}`, ...cell.lines],
        ...(cell.href ? { href: cell.href } : {}),
      };
    }),
    table: {
      caption: grid.caption,
      columns: [
        { label: words.industry, numeric: false },
        ...areas.map((area) => ({ label: areaName(area), numeric: true })),
      ],
      rows: industries.map((industry) => [
        { text: industryName(industry, context.locale) },
        ...areas.map((area) => {
          const cell = texts.get(keyOf({ area, industry }));
          return cell ? { text: cell.text, ...(cell.href ? { href: cell.href } : {}) } : { text: '–' };
        }),
      ]),
    },
    summary: grid.summary,
  };
}

const keyOf = ({ area, industry }: Pick<ClassGridCell, 'area' | 'industry'>): string => `${area} ${industry}`;
const distinct = (values: string[]): string[] => [...new Set(values)];

function unknownLast(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}
