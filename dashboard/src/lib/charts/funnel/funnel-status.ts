/** The four states a duty can be in today, in reading order. */
export const funnelStatuses = ['on_time', 'late', 'open', 'overdue'] as const;
export type FunnelStatus = (typeof funnelStatuses)[number];

/** Counts of one cohort of pushes by state: `claim*` adds up to `pushed`, `feedback*` to the claimed ones. */
export interface FunnelCounts {
  pushed: number;
  claim: Record<FunnelStatus, number>;
  feedback: Record<FunnelStatus, number>;
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
  claim: { on_time: 0, late: 0, open: 0, overdue: 0 },
  feedback: { on_time: 0, late: 0, open: 0, overdue: 0 },
};
