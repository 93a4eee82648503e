/** A column as a number (with its transforms), as classes of a number, or as a category. */
import { daysBefore, isNumeric, levelsOf, numbersOf } from './column-values.ts';
import type { Encoder } from './encoder.ts';
import type { InspectionRows } from './inspection-rows.ts';
import type { ColumnFeature } from './mapping-schema.ts';

/** Levels rarer than this are pooled where the mapping says no number: half a percent of the rows, at least 2, at most 20. */
export function defaultMinCount({ table }: InspectionRows): number {
  return Math.min(20, Math.max(2, Math.ceil(table.size / 200)));
}

/** @throws CommandError on a value that is not of the column's kind */
export function columnEncoder(feature: ColumnFeature, train: InspectionRows): Encoder {
  const { column } = feature;
  const asNumber = feature.bins || feature.knots || feature.log1p || isNumeric(train.table, column);
  const as = feature.as ?? (asNumber ? 'number' : 'category');
  if (as === 'category') return categoryEncoder(column, feature.min_count ?? defaultMinCount(train), train);
  const read = (rows: InspectionRows) => (as === 'number' ? numbersOf(rows, column) : daysBefore(rows, column));
  const known = read(train);
  return withMissing(
    column,
    feature.bins ? binEncoder(column, feature.bins, read) : lineEncoder(feature, read),
    known,
    read,
  );
}

type Read = (rows: InspectionRows) => Float64Array;

function lineEncoder({ column, log1p, knots = [] }: ColumnFeature, read: Read): Encoder {
  return {
    labels: [column, ...(log1p ? [`log(1+${column})`] : []), ...knots.map((knot) => `${column} above ${knot}`)],
    encode(rows) {
      const x = read(rows);
      return [
        x,
        // Mirrored below zero, so that a negative balance is no error.
        ...(log1p ? [x.map((v) => Math.sign(v) * Math.log1p(Math.abs(v)))] : []),
        ...knots.map((knot) => x.map((v) => Math.max(0, v - knot))),
      ];
    },
  };
}

/** Classes (−∞, e₁], (e₁, e₂], …, (eₖ, ∞). */
function binEncoder(column: string, bins: readonly number[], read: Read): Encoder {
  const edges = [Number.NEGATIVE_INFINITY, ...[...new Set(bins)].sort((a, b) => a - b), Number.POSITIVE_INFINITY];
  const classes = edges.slice(1).map((high, k) => ({ low: edges[k]!, high }));
  return {
    labels: classes.map(({ low, high }) => `${column} (${low}, ${high}]`),
    encode(rows) {
      const x = read(rows);
      return classes.map(({ low, high }) => x.map((v) => (Number.isNaN(v) ? v : Number(v > low && v <= high))));
    },
  };
}

/** Adds a column that says "not known" where training lacks values: that nobody wrote a number may itself mean something. */
function withMissing(column: string, encoder: Encoder, known: Float64Array, read: Read): Encoder {
  if (!known.some(Number.isNaN)) return encoder;
  return {
    labels: [...encoder.labels, `${column} (missing)`],
    encode: (rows) => [...encoder.encode(rows), read(rows).map((v) => Number(Number.isNaN(v)))],
  };
}

export function categoryEncoder(column: string, minCount: number, train: InspectionRows): Encoder {
  const { levels, indexOf } = levelsOf(train.table.columns.get(column)!, minCount);
  return {
    labels: levels.map((level) => `${column} = ${level}`),
    encode({ table }) {
      const texts = table.columns.get(column)!;
      const columns = levels.map(() => new Float64Array(texts.length));
      for (const [row, text] of texts.entries()) {
        const level = indexOf(text);
        if (level >= 0) columns[level]![row] = 1;
        else for (const values of columns) values[row] = Number.NaN;
      }
      return columns;
    },
  };
}
