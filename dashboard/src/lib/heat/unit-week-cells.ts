import type { HeatIndicator } from '@hengjian/models/queries/heat-indicators.ts';
import type { HeatUnitWeek } from '@hengjian/models/queries/heat-unit-weeks.ts';
import type { WeekCell } from '#lib/charts/heat-unit-week/heat-unit-week-chart.ts';
import type { Locale } from '#lib/i18n/locale.ts';

/** Days as epoch milliseconds, as charts and Arrow have them. */
export type HeatUnitWeekRow = Omit<HeatUnitWeek, 'week'> & { week: number };

export function unitName(row: Pick<HeatUnitWeek, 'unit' | 'unit_name' | 'unit_name_en'>, locale: Locale): string {
  return (locale === 'en' && row.unit_name_en) || row.unit_name || row.unit;
}

/** Cells whose lines are units (one indicator) or indicators (one unit). */
export function unitWeekCells(
  rows: HeatUnitWeekRow[],
  lines: 'units' | 'indicators',
  indicators: readonly HeatIndicator[],
  names: { indicator: (id: string) => string; locale: Locale },
): WeekCell[] {
  return rows.flatMap((row) => {
    const found = indicators.find(({ id }) => id === row.indicator);
    if (!found) return [];
    const { kind, complete = false } = found;
    return {
      line: lines === 'units' ? row.unit : row.indicator,
      lineName: lines === 'units' ? unitName(row, names.locale) : names.indicator(row.indicator),
      week: row.week,
      numerator: row.numerator,
      denominator: row.denominator,
      kind,
      complete,
    };
  });
}

/** The units that occur, in the order of the rule set. */
export function unitLines(rows: HeatUnitWeekRow[], locale: Locale): { line: string; name: string }[] {
  const first = new Map(rows.map((row) => [row.unit, row]));
  return [...first.values()]
    .sort((a, b) => a.ord - b.ord || (a.unit < b.unit ? -1 : 1))
    .map((row) => ({ line: row.unit, name: unitName(row, locale) }));
}
