import { maskNumbers } from '@hengjian/contract/personal-numbers.ts';
import { plannedBeaconOf } from '@hengjian/models/draw/beacon/planned-beacon.ts';
import type { Attempt } from '@hengjian/models/draw/task/attempts.ts';

/** An attempt as everybody who may see the task sees it: all of it is public, and no tier of anybody is in it. */
export function publishedAttempt({
  number,
  department,
  plan,
  planHash,
  frame,
  commit,
  committedAt,
  executed,
  publishedAt,
}: Attempt) {
  const rules = (plan.rules ?? {}) as Record<string, unknown>;
  const redraw = plan.redraw as { reason: string; approver: string } | undefined;
  return {
    number,
    department,
    planHash,
    frame,
    commit,
    committedAt,
    executed,
    publishedAt,
    beacon: plannedBeaconOf(plan),
    n: plan.n as number | undefined,
    strata: (plan.strata ?? []) as string[],
    ratios: plan.tiers as Record<string, string>,
    matters: (plan.matters ?? []) as string[],
    exclusions: (plan.exclusions ?? {}) as Record<string, number>,
    cap: Number(rules.cap ?? 0),
    coolingDays: Number(rules.cooling_days ?? 0),
    exemption: rules.exemption as string | undefined,
    checkType: rules.check_type as string | undefined,
    redraw: redraw && { ...redraw, reason: maskNumbers(redraw.reason) },
  };
}
export type PublishedAttempt = ReturnType<typeof publishedAttempt>;
