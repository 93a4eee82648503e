/** Products of two or three columns: what holds for one kind of subject only. */
import { categoryEncoder, defaultMinCount } from './column-encoder.ts';
import { isNumeric, numbersOf } from './column-values.ts';
import type { Encoder } from './encoder.ts';
import type { InspectionRows } from './inspection-rows.ts';
import type { CrossFeature } from './mapping-schema.ts';
import { meanAndDeviation } from './standardise.ts';

/** @throws CommandError on a value that is not of its column's kind */
export function crossEncoder({ cross, min_count }: CrossFeature, train: InspectionRows): Encoder {
  const minCount = min_count ?? defaultMinCount(train);
  const parts = cross.map((column) =>
    isNumeric(train.table, column) ? standardNumber(column, train) : categoryEncoder(column, minCount, train),
  );
  const product = productOf(parts);
  const kept = product
    .encode(train)
    .map((values) => values.filter((v) => v !== 0 && !Number.isNaN(v)).length >= minCount);
  return {
    labels: product.labels.filter((_, k) => kept[k]),
    encode: (rows) => product.encode(rows).filter((_, k) => kept[k]),
  };
}

/** Centred, so that the product is no second copy of the other part. */
function standardNumber(column: string, train: InspectionRows): Encoder {
  const { mean, deviation } = meanAndDeviation(numbersOf(train, column), train.weights);
  return {
    labels: [column],
    encode: (rows) => [numbersOf(rows, column).map((v) => (deviation > 0 ? (v - mean) / deviation : 0))],
  };
}

function productOf(parts: readonly Encoder[]): Encoder {
  const [first, ...rest] = parts as [Encoder, ...Encoder[]];
  if (rest.length === 0) return first;
  const second = productOf(rest);
  return {
    labels: first.labels.flatMap((a) => second.labels.map((b) => `${a} × ${b}`)),
    encode(rows) {
      const right = second.encode(rows);
      return first.encode(rows).flatMap((a) => right.map((b) => a.map((v, row) => v * b[row]!)));
    },
  };
}
