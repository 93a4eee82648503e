import type { Warehouse } from '@hengjian/warehouse';
import Fraction from 'fraction.js';
import { DrawError } from '../draw-error.ts';
import { inclusionProbabilities } from '../inclusion-probabilities.ts';
import { type Plan, parsePlan } from '../plan.ts';
import {
  type CandidateCount,
  type Candidates,
  countCandidates,
  eligibleByTier,
  exclusionTotals,
} from './count-candidates.ts';
import { holdPower } from './hold-power.ts';
import { holdSize } from './hold-size.ts';
import { readTask, type Task } from './read-task.ts';
import { type MergeSuggestion, suggestMerges } from './suggest-merges.ts';
import { EXCLUDED } from './task-frame-sql.ts';
import type { TaskRules } from './task-plan.ts';

export interface TierPreview {
  tier: string;
  /** Subjects in scope, left out by reason, left. */
  subjects: number;
  excluded: Record<string, number>;
  eligible: number;
  /** Inclusion probability of those eligible, and the number that will be drawn on average. */
  pi: string;
  expected: string;
  /** The same rate over all subjects of the tier, those left out included. */
  overall: string;
  /** Share of the tier’s subjects that were drawn or visited this year, and what it will be after this draw on average. */
  exposure_before: string;
  exposure_after: string;
}

export interface AreaPreview {
  area: string;
  tier: string;
  eligible: number;
  expected: string;
}

export interface ExcludedSubject {
  id: string;
  name: string;
  area: string;
  exclusion: string;
}

export interface TaskPreview {
  task: Task;
  department: string;
  /** Whose tiers count; '' where nobody classifies anybody. */
  tierSource: string;
  tiers: TierPreview[];
  areas: AreaPreview[];
  exclusions: Record<string, number>;
  /** At most 200 of those who cannot be drawn; closed ones last. */
  excluded: ExcludedSubject[];
  /** Expected number in all. */
  expected: string;
  /** Tasks of others with which visits could be shared. */
  merges: MergeSuggestion[];
}

/**
 * What a draw of a task would be, before anything is committed to. Writes nothing.
 *
 * @param units with inspection power
 * @throws DrawError as `commitTaskDraw` does
 */
export async function previewTaskDraw(
  warehouse: Warehouse,
  taskId: string,
  rules: TaskRules,
  units: readonly string[],
): Promise<TaskPreview> {
  const task = await readTask(warehouse, taskId);
  const department = rules.department || task.lead;
  holdPower(task, department, units);
  const candidates = await countCandidates(warehouse, task, { ...rules, department });
  const { tiers: ratios, n, strata } = rules;
  const plan = parsePlan(JSON.parse(JSON.stringify({ method: 'tier-srs-v1', tiers: ratios, n, strata })));
  const eligible = heldEligible(taskId, candidates);
  holdSize(plan, eligible);
  const pi = inclusionProbabilities(plan, eligible);
  const areas = areaPreviews(candidates.counts, pi);
  return {
    task,
    department,
    tierSource: candidates.tierSource,
    tiers: tierPreviews(plan, candidates.counts, eligible),
    areas,
    exclusions: exclusionTotals(candidates.counts),
    excluded: await warehouse.query<ExcludedSubject>(EXCLUDED, { ...candidates.params, limit: 200 }),
    expected: areas.reduce((sum, area) => sum.add(area.expected), new Fraction(0)).toFraction(),
    merges: await suggestMerges(warehouse, candidates, department),
  };
}

/** Subjects in the frame by tier. @throws DrawError if nobody is */
export function heldEligible(taskId: string, { counts }: Candidates): Map<string, number> {
  const eligible = eligibleByTier(counts);
  if (eligible.size > 0) return eligible;
  const totals = Object.entries(exclusionTotals(counts)).map(([reason, subjects]) => `${subjects} ${reason}`);
  throw new DrawError(
    `Nobody can be drawn for ${taskId}: ${
      totals.length > 0
        ? `all are left out (${totals.join(', ')})`
        : 'no registered subject is in its areas and industries'
    }.`,
    { reason: totals.length > 0 ? 'all_excluded' : 'empty_frame', values: { task: taskId } },
  );
}

export function tierPreviews(
  plan: Plan,
  counts: readonly CandidateCount[],
  eligible: Map<string, number>,
): TierPreview[] {
  const pi = inclusionProbabilities(plan, eligible);
  return [...new Set(counts.map(({ tier }) => tier))].map((tier) => {
    const own = counts.filter((count) => count.tier === tier);
    const left = eligible.get(tier) ?? 0;
    const all = sum(own);
    const visited = sum(own.filter((count) => count.visited));
    const fresh = sum(own.filter((count) => !count.visited && count.exclusion === ''));
    const probability = pi.get(tier) ?? new Fraction(0);
    return {
      tier,
      subjects: all,
      excluded: exclusionTotals(own),
      eligible: left,
      pi: probability.toFraction(),
      expected: probability.mul(left).toFraction(),
      overall: probability.mul(left).div(all).toFraction(),
      exposure_before: new Fraction(visited).div(all).toFraction(),
      exposure_after: probability.mul(fresh).add(visited).div(all).toFraction(),
    };
  });
}

function areaPreviews(counts: readonly CandidateCount[], pi: Map<string, Fraction>): AreaPreview[] {
  const cells = new Map<string, AreaPreview>();
  for (const { area, tier, exclusion, subjects } of counts) {
    if (exclusion !== '') continue;
    const cell = cells.get(`${area}\t${tier}`) ?? { area, tier, eligible: 0, expected: '0' };
    const eligible = cell.eligible + subjects;
    cells.set(`${area}\t${tier}`, { area, tier, eligible, expected: pi.get(tier)!.mul(eligible).toFraction() });
  }
  return [...cells.values()].sort((a, b) =>
    a.area === b.area ? (a.tier < b.tier ? -1 : 1) : a.area < b.area ? -1 : 1,
  );
}

function sum(counts: readonly CandidateCount[]): number {
  return counts.reduce((total, { subjects }) => total + subjects, 0);
}
