import type { RuleSet } from './rule-set.ts';

export interface LimitChange {
  /** Of the parameter, like `entry.deadlineWorkdays`. */
  parameter: string;
  /** YYYY-MM-DD: the first day of the new limit. */
  from: string;
  before: number;
  after: number;
}

/**
 * Limits in workdays that change on a day. A quarter places each row by the limit in force on its last day, so what begins shortly before the
 * first quarter of another limit is counted in neither (a shorter one) or in both (a longer one): an author is told.
 */
export function limitChanges({ data }: Pick<RuleSet, 'data'>): LimitChange[] {
  return Object.entries(data.parameters).flatMap(([parameter, stands]) => {
    if (!parameter.endsWith('.deadlineWorkdays') || !Array.isArray(stands)) return [];
    return stands.flatMap((one, n): LimitChange[] => {
      const earlier = stands[n - 1];
      if (typeof one !== 'object' || typeof earlier !== 'object' || !one.from) return [];
      const [before, after] = [earlier.value, one.value];
      return typeof before === 'number' && typeof after === 'number' && before !== after
        ? [{ parameter, from: one.from, before, after }]
        : [];
    });
  });
}
