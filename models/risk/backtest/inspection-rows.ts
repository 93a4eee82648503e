/** Rows of past or coming inspections with what the mapping says of them: day, outcome, weight. */
import { CommandError } from '@hengjian/warehouse';
import { parseDay } from './parse-day.ts';
import type { Mapping } from './read-mapping.ts';
import { isMissing, type Table } from './read-table.ts';

export interface InspectionRows {
  table: Table;
  /** Days since 1970-01-01. */
  day: Float64Array;
  /** 0, 1, or NaN where the outcome is not known. */
  y: Float64Array;
  /** Inverse inclusion probabilities scaled to mean 1; undefined where the mapping names none. */
  weights: Float64Array | undefined;
}

const OUTCOMES: ReadonlyMap<string, number> = new Map([
  ...['1', '1.0', 'true', 'yes', 'y', 't', '是', '有'].map((text) => [text, 1] as const),
  ...['0', '0.0', 'false', 'no', 'n', 'f', '否', '无'].map((text) => [text, 0] as const),
]);

export const place = ({ file, lines }: Table, row: number): string => `${file} line ${lines[row]}`;

/** 0, 1 or NaN (missing) by row. @throws CommandError on anything else */
export function readOutcomes(table: Table, column: string): Float64Array {
  return Float64Array.from(table.columns.get(column)!, (text, row) => {
    if (isMissing(text)) return Number.NaN;
    const value = OUTCOMES.get(text.toLowerCase());
    if (value === undefined)
      throw new CommandError(
        `${place(table, row)}: ${JSON.stringify(text)} in ${column} is no outcome; write 1 (found) or 0 (not found).`,
      );
    return value;
  });
}

/** @throws CommandError on a day or a probability that cannot be read */
export function inspectionRows(table: Table, mapping: Mapping): InspectionRows {
  const day = Float64Array.from(table.columns.get(mapping.date)!, (text, row) => {
    const value = parseDay(text);
    if (value === undefined)
      throw new CommandError(
        `${place(table, row)}: ${JSON.stringify(text)} in ${mapping.date} is no day; write it as 2014-09-02.`,
      );
    return value;
  });
  const y = table.columns.has(mapping.target)
    ? readOutcomes(table, mapping.target)
    : new Float64Array(table.size).fill(Number.NaN);
  const { probability } = mapping;
  const weights = probability ? inverseProbabilities(table, probability) : undefined;
  return { table, day, y, weights };
}

function inverseProbabilities(table: Table, column: string): Float64Array {
  const raw = Float64Array.from(table.columns.get(column)!, (text, row) => {
    const value = isMissing(text) ? Number.NaN : Number(text);
    if (!(value > 0 && value <= 1))
      throw new CommandError(
        `${place(table, row)}: ${JSON.stringify(text)} in ${column} is no inclusion probability; it must be above 0 and at most 1.`,
      );
    return 1 / value;
  });
  const mean = raw.reduce((sum, w) => sum + w, 0) / raw.length;
  return raw.map((w) => w / mean);
}

/** The same rows, only those at the given places. */
export function selectRows(rows: InspectionRows, at: readonly number[]): InspectionRows {
  const { table, day, y, weights } = rows;
  const columns = new Map([...table.columns].map(([name, texts]) => [name, at.map((i) => texts[i]!)]));
  return {
    table: { file: table.file, size: at.length, columns, lines: at.map((i) => table.lines[i]!) },
    day: Float64Array.from(at, (i) => day[i]!),
    y: Float64Array.from(at, (i) => y[i]!),
    weights: weights && Float64Array.from(at, (i) => weights[i]!),
  };
}

/** @throws CommandError on a row that nobody could find again by its score */
export function requireIds({ table }: InspectionRows, column: string): void {
  const row = table.columns.get(column)!.findIndex(isMissing);
  if (row >= 0) throw new CommandError(`${place(table, row)} has no ${column}; each row that is scored needs one.`);
}
