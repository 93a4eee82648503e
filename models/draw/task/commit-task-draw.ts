import { randomBytes } from 'node:crypto';
import type { Warehouse } from '@hengjian/warehouse';
import type { WriteEvents } from '../../publication/write-events.ts';
import { rowsByTier } from '../cells.ts';
import { type Commitment, frameIdentity } from '../commit-draw.ts';
import { commitOf } from '../commitment.ts';
import { DrawError } from '../draw-error.ts';
import { inclusionProbabilities } from '../inclusion-probabilities.ts';
import { type Plan, parsePlan } from '../plan.ts';
import { summariseStoredFrame } from '../sql/summarise-stored-frame.ts';
import { type Attempt, readAttempts, stepId } from './attempts.ts';
import { readTask, type Task } from './read-task.ts';
import { COUNT_CANDIDATES, FREEZE_FRAME } from './task-frame-sql.ts';
import type { TaskRules } from './task-plan.ts';
import { writeSteps } from './write-steps.ts';

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
}

export interface TaskCommitment extends Commitment {
  task: string;
  attempt: number;
  plan: Record<string, unknown>;
  preview: TierPreview[];
}

/** Reason and approver of a second attempt; the first stays visible. */
export interface Redraw {
  reason: string | undefined;
  approver: string | undefined;
}

/**
 * Builds the frame of a task from the events recorded so far, freezes it, commits to it and writes `draw.committed`.
 *
 * @param units with inspection power
 * @throws DrawError for a department without power, subjects without tier, a redraw without reason, and all that `plan` refuses
 */
export async function commitTaskDraw(
  warehouse: Warehouse,
  write: WriteEvents,
  taskId: string,
  rules: TaskRules,
  units: readonly string[],
  redraw: Redraw,
  secret: Buffer = randomBytes(32),
): Promise<TaskCommitment> {
  const task = await readTask(warehouse, taskId);
  const department = rules.department || task.lead;
  holdPower(task, department, units);
  const attempts = await readAttempts(warehouse, taskId);
  holdRedraw(taskId, attempts, redraw);
  const attempt = attempts.length + 1;
  const [{ as_of }] = (await warehouse.query<{ as_of: string }>(
    "SELECT toString(now64(6, 'Asia/Shanghai')) AS as_of",
  )) as [{ as_of: string }];
  const params = parametersOf(task, { ...rules, department }, as_of);
  const counts = await warehouse.query<CandidateCount>(COUNT_CANDIDATES, params);
  holdTiers(counts);
  const document = planDocument(task, { ...rules, department }, { as_of, attempt, redraw, counts });
  const plan = parsePlan(JSON.parse(JSON.stringify(document)));
  const eligible = new Map(
    counts.filter(({ exclusion }) => exclusion === '').map(({ tier, subjects }) => [tier, subjects] as const),
  );
  if (eligible.size === 0) throw new DrawError(`Nobody can be drawn for ${taskId}: ${excludedText(counts)}.`);
  const preview = previewOf(plan, counts, eligible);
  const frameId = await freeze(warehouse, `${taskId}/${attempt}`, { ...params, strata: rules.strata });
  const summary = await summariseStoredFrame(warehouse, frameId);
  inclusionProbabilities(plan, rowsByTier(summary.cells));
  const commitment = {
    frame: frameIdentity(summary),
    plan_hash: plan.hash,
    secret: secret.toString('hex'),
    commit: commitOf(secret, summary.merkleRoot, plan.hash).toString('hex'),
  };
  const { secret: _, ...published } = commitment;
  await writeSteps(write, [
    {
      id: stepId(taskId, attempt, 'committed'),
      type: 'draw.committed',
      department,
      data: { task_id: taskId, attempt, frame_id: frameId, ...published, plan: plan.document },
    },
  ]);
  return { ...commitment, task: taskId, attempt, plan: plan.document, preview };
}

interface CandidateCount {
  tier: string;
  exclusion: string;
  subjects: number;
}

function holdPower(task: Task, department: string, units: readonly string[]): void {
  if (![task.lead, ...task.participants].includes(department))
    throw new DrawError(
      `${department} does not take part in task ${task.id} (lead ${task.lead}${task.participants.length > 0 ? `, with ${task.participants.join(', ')}` : ''}); name one that does by --department.`,
    );
  if (!units.includes(department))
    throw new DrawError(
      `${department} has no inspection power by the rule set, and a draw must name a department that has (国办发〔2024〕54号); those that have: ${units.join(', ')}.`,
    );
}

function holdRedraw(taskId: string, attempts: readonly Attempt[], { reason, approver }: Redraw): void {
  const last = attempts.at(-1);
  if (last && (!reason || !approver))
    throw new DrawError(
      `Task ${taskId} was committed to at ${last.committedAt}${last.executed ? ' and drawn' : ''}; a further attempt needs --reason and --approver, and attempt ${last.number} stays visible.`,
    );
}

function holdTiers(counts: readonly CandidateCount[]): void {
  const untiered = counts.filter(({ tier }) => tier === '').reduce((sum, { subjects }) => sum + subjects, 0);
  if (untiered > 0)
    throw new DrawError(
      `${untiered} subjects have no tier, and nobody is exempt from a draw; say which tier they count as by --untiered, for example --untiered B.`,
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
    low_tiers: lowTiers(rules.tiers),
    areas: rules.areas,
    industries: rules.industries,
    cooling_days: rules.coolingDays,
    cap: rules.cap,
    exempt: rules.exemption !== undefined,
  };
}

/** The tiers with the smallest probability. */
function lowTiers(tiers: Record<string, string>): string[] {
  const plan = parsePlan({ method: 'tier-srs-v1', tiers });
  const least = [...plan.tiers.values()].reduce((a, b) => (a.compare(b) <= 0 ? a : b));
  return [...plan.tiers].filter(([, p]) => p.equals(least)).map(([tier]) => tier);
}

function planDocument(
  task: Task,
  rules: TaskRules,
  {
    as_of,
    attempt,
    redraw,
    counts,
  }: { as_of: string; attempt: number; redraw: Redraw; counts: readonly CandidateCount[] },
): Record<string, unknown> {
  const { department, tiers, n, strata, ...scope } = rules;
  return {
    method: 'tier-srs-v1',
    tiers,
    n,
    strata,
    task: { id: task.id, year: task.year, scope: task.scope, directed: task.directed, department, attempt },
    ...(attempt > 1 ? { redraw } : {}),
    as_of,
    rules: {
      untiered: scope.untiered,
      tier_source: scope.tierSource,
      areas: scope.areas,
      industries: scope.industries,
      cooling_days: scope.coolingDays,
      cap: scope.cap,
      exemption: scope.exemption,
    },
    // Without tier: the plan is public.
    exclusions: totalsOf(counts),
  };
}

function totalsOf(counts: readonly CandidateCount[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { exclusion, subjects } of counts)
    if (exclusion !== '') totals[exclusion] = (totals[exclusion] ?? 0) + subjects;
  return totals;
}

function excludedText(counts: readonly CandidateCount[]): string {
  const totals = Object.entries(totalsOf(counts)).map(([reason, subjects]) => `${subjects} ${reason}`);
  return totals.length > 0
    ? `all are left out (${totals.join(', ')})`
    : 'no registered subject is in its areas and industries';
}

function previewOf(plan: Plan, counts: readonly CandidateCount[], eligible: Map<string, number>): TierPreview[] {
  const pi = inclusionProbabilities(plan, eligible);
  return [...new Set(counts.map(({ tier }) => tier))].map((tier) => {
    const own = counts.filter((count) => count.tier === tier);
    const left = eligible.get(tier) ?? 0;
    const all = own.reduce((sum, { subjects }) => sum + subjects, 0);
    return {
      tier,
      subjects: all,
      excluded: totalsOf(own),
      eligible: left,
      pi: pi.get(tier)?.toFraction() ?? '0',
      expected: pi.get(tier)?.mul(left).toFraction() ?? '0',
      overall: pi.get(tier)?.mul(left).div(all).toFraction() ?? '0',
    };
  });
}

/** Under a name of its own, so that what a broken-off commitment left is nobody's frame. */
async function freeze(warehouse: Warehouse, name: string, params: Record<string, unknown>): Promise<string> {
  const frame = `${name}/${randomBytes(8).toString('hex')}`;
  await warehouse.command(FREEZE_FRAME, { ...params, frame, salt_key: randomBytes(32).toString('hex') });
  return frame;
}
