/** Reads a column as numbers, days or levels. */
import { CommandError } from '@hengjian/warehouse';
import { type InspectionRows, place } from './inspection-rows.ts';
import { parseDay } from './parse-day.ts';
import { isMissing, type Table } from './read-table.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** True where each known value is a number and one is known. */
export function isNumeric(table: Table, column: string): boolean {
  const known = table.columns.get(column)!.filter((text) => !isMissing(text));
  return known.length > 0 && known.every((text) => NUMBER.test(text));
}

/** NaN where missing. @throws CommandError on a text that is no number */
export function numbersOf({ table }: InspectionRows, column: string): Float64Array {
  return Float64Array.from(table.columns.get(column)!, (text, row) => {
    if (isMissing(text)) return Number.NaN;
    if (!NUMBER.test(text))
      throw new CommandError(
        `${place(table, row)}: ${JSON.stringify(text)} in ${column} is no number; correct it, or let the mapping say {column: ${column}, as: category}.`,
      );
    return Number(text);
  });
}

/** Days from the day in the column to the day of the row; NaN where missing. @throws CommandError on a text that is no day */
export function daysBefore({ table, day }: InspectionRows, column: string): Float64Array {
  return Float64Array.from(table.columns.get(column)!, (text, row) => {
    if (isMissing(text)) return Number.NaN;
    const value = parseDay(text);
    if (value === undefined)
      throw new CommandError(
        `${place(table, row)}: ${JSON.stringify(text)} in ${column} is no day; write it as 2014-09-02.`,
      );
    return day[row]! - value;
  });
}

const OTHER = '(other)';
const MISSING_LEVEL = '(missing)';

/**
 * Levels of a category, those seen at least minCount times in training, in the order of their code points; rarer ones pooled.
 * A level that training never saw is "(other)" if that exists, else unknown.
 */
export function levelsOf(
  texts: readonly string[],
  minCount: number,
): { levels: string[]; indexOf(text: string): number } {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const level = isMissing(text) ? MISSING_LEVEL : text;
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= minCount).map(([level]) => level);
  const levels = [...kept.sort(), ...(kept.length < counts.size ? [OTHER] : [])];
  const index = new Map(levels.map((level, i) => [level, i]));
  const other = index.get(OTHER) ?? -1;
  return { levels, indexOf: (text) => index.get(isMissing(text) ? MISSING_LEVEL : text) ?? other };
}
