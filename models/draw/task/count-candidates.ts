import type { Warehouse } from '@hengjian/warehouse';
import { DrawError } from '../draw-error.ts';
import { parsePlan } from '../plan.ts';
import type { Task } from './read-task.ts';
import { COUNT_CANDIDATES } from './task-frame-sql.ts';
import { DEFAULT_TIERS, type TaskRules } from './task-plan.ts';
import { heldTierSource, readTierSources } from './tier-sources.ts';

/** So many registered subjects are alike in all that a preview tells apart. */
export interface CandidateCount {
  tier: string;
  area: string;
  /** Why they are left out; '' for those in the frame. */
  exclusion: string;
  /** Whether anybody has drawn or visited them in the year of the task. */
  visited: number;
  subjects: number;
}

export interface Candidates {
  /** The moment up to which events were read, on the legal clock. */
  asOf: string;
  /** Whose tiers count; '' where nobody classifies anybody. */
  tierSource: string;
  /** Parameters of the queries over the same candidates. */
  params: Record<string, unknown>;
  counts: CandidateCount[];
}

/** @throws DrawError for subjects without a tier, and where several sources classify and none is named */
export async function countCandidates(
  warehouse: Warehouse,
  task: Task,
  rules: TaskRules & { department: string },
): Promise<Candidates> {
  const [{ as_of }] = (await warehouse.query<{ as_of: string }>(
    "SELECT toString(now64(6, 'Asia/Shanghai')) AS as_of",
  )) as [{ as_of: string }];
  const { areas, industries } = rules;
  const tierSource = heldTierSource(await readTierSources(warehouse, { as_of, areas, industries }), rules.tierSource);
  const params = parametersOf(task, { ...rules, tierSource }, as_of);
  const counts = await warehouse.query<CandidateCount>(COUNT_CANDIDATES, params);
  holdTiers(counts);
  return { asOf: as_of, tierSource, params, counts };
}

/** Subjects left out, by reason. */
export function exclusionTotals(counts: readonly CandidateCount[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { exclusion, subjects } of counts)
    if (exclusion !== '') totals[exclusion] = (totals[exclusion] ?? 0) + subjects;
  return totals;
}

/** Subjects in the frame, by tier. */
export function eligibleByTier(counts: readonly CandidateCount[]): Map<string, number> {
  const eligible = new Map<string, number>();
  for (const { tier, exclusion, subjects } of counts)
    if (exclusion === '') eligible.set(tier, (eligible.get(tier) ?? 0) + subjects);
  return eligible;
}

function holdTiers(counts: readonly CandidateCount[]): void {
  const untiered = counts.filter(({ tier }) => tier === '').reduce((sum, { subjects }) => sum + subjects, 0);
  if (untiered > 0)
    throw new DrawError(
      `${untiered} subjects have no tier, and nobody is exempt from a draw; say which tier they count as by --untiered, for example --untiered B.`,
      { reason: 'untiered', values: { subjects: untiered } },
    );
}

function parametersOf(task: Task, rules: TaskRules, asOf: string): Record<string, unknown> {
  return {
    as_of: asOf,
    task: task.id,
    department: rules.department,
    year: task.year,
    untiered: rules.untiered ?? '',
    tier_source: rules.tierSource ?? '',
    low_tiers: lowTiers(rules),
    areas: rules.areas,
    industries: rules.industries,
    cooling_days: rules.coolingDays,
    cap: rules.cap,
    check_type: rules.checkType ?? 'daily',
    exempt: rules.exemption !== undefined,
  };
}

/** The tiers drawn at a smaller ratio than another; where all have one ratio, it says nothing, and the alphabet does. */
export function lowTiers({ tiers, lowestTier }: TaskRules): string[] {
  const plan = parsePlan({ method: 'tier-srs-v1', tiers });
  const ratios = [...plan.tiers.values()];
  const least = ratios.reduce((a, b) => (a.compare(b) <= 0 ? a : b));
  if (ratios.every((p) => p.equals(least))) return [lowestTier ?? Object.keys(DEFAULT_TIERS)[0]!];
  return [...plan.tiers].filter(([, p]) => p.equals(least)).map(([tier]) => tier);
}
