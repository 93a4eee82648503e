import { ckmeans } from 'simple-statistics';

export interface NaturalBreaks {
  /** Upper ends of the classes, ascending; a value belongs to the first class whose end is not below it: (lo, hi]. */
  upper: number[];
  /** Goodness of variance fit, 1 − SSW / SST; 1 where every class holds one value. */
  gvf: number;
}

/**
 * Classes with the least squared deviation within, found exactly (Fisher 1958, JASA 53:789–798; ckmeans: Wang, Song 2011, R
 * Journal 3/2). Not `jenks` of simple-statistics, which returns lower ends; and with at most as many classes as there are
 * distinct values, because ckmeans would put equal values into two classes.
 *
 * @param values finite; an empty list has no class
 * @throws RangeError for a value that is not finite, or fewer than one class
 */
export function naturalBreaks(values: readonly number[], classes: number): NaturalBreaks {
  if (!values.every(Number.isFinite)) throw new RangeError('natural breaks need finite values');
  if (!Number.isInteger(classes) || classes < 1) throw new RangeError(`${classes} is no number of classes`);
  if (values.length === 0) return { upper: [], gvf: 1 };
  const clusters = ckmeans([...values], Math.min(classes, new Set(values).size));
  const total = squaredDeviation(values);
  const within = clusters.reduce((sum, cluster) => sum + squaredDeviation(cluster), 0);
  return { upper: clusters.map((cluster) => Math.max(...cluster)), gvf: total === 0 ? 1 : 1 - within / total };
}

function squaredDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
