/** What one visit of a draw stands for, beside visits whose probability nobody fixed. */

export interface DrawnVisits {
  task: string;
  /** The exact inclusion probability of the record, in (0, 1]. */
  pi: number;
  /** Visits. */
  n: number;
  /** What each would stand for by the realised rate of its tier. */
  realised: number;
}

/**
 * The weight of a visit of each group: within a draw as 1/π of its record, exactly; the draw as a whole as much as its visits weigh by
 * the realised rates. 1/π counts the subjects of one frame on one day, a realised weight subjects in months over the whole period:
 * side by side unscaled, the drawn would weigh next to nothing.
 */
export function designWeights(groups: readonly DrawnVisits[]): number[] {
  const scales = new Map<string, number>();
  for (const [task, own] of Map.groupBy(groups, (group) => group.task)) {
    const sum = (of: (group: DrawnVisits) => number) => own.reduce((total, group) => total + of(group), 0);
    scales.set(task, sum(({ n, realised }) => n * realised) / sum(({ n, pi }) => n / pi));
  }
  return groups.map(({ task, pi }) => scales.get(task)! / pi);
}
