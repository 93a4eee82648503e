/** The columns of the unit map: weeks, months or quarters, by their first day as epoch milliseconds. */
import type { HeatScale } from '@hengjian/models/queries/heat-scale.ts';
import { formatQuarter } from '../../i18n/format.ts';
import type { Locale } from '../../i18n/locale.ts';
import { formatWeek, isoDay, shortDay } from '../format.ts';

const oneWeek = 7 * 86_400_000;
const MONTHS = { month: 1, quarter: 3 } as const;

/** Every column from the first to the last: one in which nothing fell due is a fact, not a gap. */
export function heatColumns(starts: readonly number[], scale: HeatScale): number[] {
  if (starts.length === 0) return [];
  const last = Math.max(...starts);
  const columns: number[] = [];
  for (let at = Math.min(...starts); at <= last; at = nextOf(at, scale)) columns.push(at);
  return columns;
}

function nextOf(start: number, scale: HeatScale): number {
  if (scale === 'week') return start + oneWeek;
  const day = new Date(start);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + MONTHS[scale], 1);
}

function periodOf(start: number, scale: 'month' | 'quarter'): string {
  const day = isoDay(start);
  return scale === 'month' ? day.slice(0, 7) : `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** On the axis. */
export const columnLabel = (start: number, scale: HeatScale): string =>
  scale === 'week' ? shortDay(start) : periodOf(start, scale);

/** In the table, where a week stands with its year. */
export const columnHeading = (start: number, scale: HeatScale): string =>
  scale === 'week' ? isoDay(start) : periodOf(start, scale);

/** In words. */
export const columnName = (start: number, scale: HeatScale, locale: Locale): string =>
  scale === 'week' ? formatWeek(start, locale) : formatQuarter(locale, periodOf(start, scale));
