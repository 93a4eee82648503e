/** The states a duty can be in today, in reading order; `done` and `waiting` where the document names no deadline. */
export const funnelStatuses = ['on_time', 'late', 'done', 'waiting', 'open', 'overdue'] as const;
export type FunnelStatus = (typeof funnelStatuses)[number];

/** Counts of one cohort of pushes by state: `claim*` adds up to `pushed`, `feedback*` to the claimed ones. */
export interface FunnelCounts {
  pushed: number;
  claim: Record<FunnelStatus, number>;
  feedback: Record<FunnelStatus, number>;
}

const UNTIMED: readonly FunnelStatus[] = ['done', 'waiting'];

/** Those that a chart has a place for: of duties with a deadline, or without one, or both where both are shown. */
export function statusesOf(counts: readonly Record<FunnelStatus, number>[]): FunnelStatus[] {
  const occurs = (status: FunnelStatus) => counts.some((one) => one[status] > 0);
  const untimed = UNTIMED.some(occurs);
  const timed = !untimed || funnelStatuses.some((status) => !UNTIMED.includes(status) && occurs(status));
  return funnelStatuses.filter((status) => (UNTIMED.includes(status) ? untimed : timed));
}

/** Sum of two cohorts. */
export function addFunnelCounts(a: FunnelCounts, b: FunnelCounts): FunnelCounts {
  const add = (left: Record<FunnelStatus, number>, right: Record<FunnelStatus, number>) =>
    Object.fromEntries(funnelStatuses.map((status) => [status, left[status] + right[status]])) as Record<
      FunnelStatus,
      number
    >;
  return { pushed: a.pushed + b.pushed, claim: add(a.claim, b.claim), feedback: add(a.feedback, b.feedback) };
}

export const noFunnelCounts: FunnelCounts = {
  pushed: 0,
  claim: { on_time: 0, late: 0, done: 0, waiting: 0, open: 0, overdue: 0 },
  feedback: { on_time: 0, late: 0, done: 0, waiting: 0, open: 0, overdue: 0 },
};
