/**
 * Class of a value, from 1, by the upper ends of the classes as `naturalBreaks` gives them: (lo, hi]. A value above the last end, which
 * a series that grew since may hold, belongs to the last class; without classes 0.
 */
export function classOf(value: number, upper: readonly number[]): number {
  const index = upper.findIndex((end) => value <= end);
  return index >= 0 ? index + 1 : upper.length;
}
