import { randomBytes } from 'node:crypto';
import { holdsNumbers } from '@hengjian/contract/personal-numbers.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { WriteEvents } from '../../publication/write-events.ts';
import { rowsByTier } from '../cells.ts';
import { type Commitment, frameIdentity } from '../commit-draw.ts';
import { commitOf } from '../commitment.ts';
import { DrawError } from '../draw-error.ts';
import { parsePlan } from '../plan.ts';
import { summariseStoredFrame } from '../sql/summarise-stored-frame.ts';
import { type Attempt, readAttempts, stepId } from './attempts.ts';
import { type Candidates, countCandidates, exclusionTotals, lowTiers } from './count-candidates.ts';
import { holdPower } from './hold-power.ts';
import { holdSize } from './hold-size.ts';
import { heldEligible, type TierPreview, tierPreviews } from './preview-task-draw.ts';
import { readTask, type Task } from './read-task.ts';
import { type MergeSuggestion, suggestMerges } from './suggest-merges.ts';
import { FREEZE_FRAME } from './task-frame-sql.ts';
import type { TaskRules } from './task-plan.ts';
import { writeSteps } from './write-steps.ts';

export interface TaskCommitment extends Commitment {
  task: string;
  attempt: number;
  plan: Record<string, unknown>;
  preview: TierPreview[];
  /** Tasks of others with which visits could be shared. */
  merges: MergeSuggestion[];
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
  // Not their count: where one is missing, a step of a number that is taken would be a duplicate, and lost.
  const attempt = (attempts.at(-1)?.number ?? 0) + 1;
  const own = { ...rules, department };
  const candidates = await countCandidates(warehouse, task, own);
  const document = planDocument(task, own, { attempt, redraw, candidates });
  const plan = parsePlan(JSON.parse(JSON.stringify(document)));
  const preview = tierPreviews(plan, candidates.counts, heldEligible(taskId, candidates));
  const merges = await suggestMerges(warehouse, candidates, department);
  const frameId = await freeze(warehouse, `${taskId}/${attempt}`, { ...candidates.params, strata: rules.strata });
  const summary = await summariseStoredFrame(warehouse, frameId);
  holdSize(plan, rowsByTier(summary.cells));
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
  return { ...commitment, task: taskId, attempt, plan: plan.document, preview, merges };
}

function holdRedraw(taskId: string, attempts: readonly Attempt[], { reason, approver }: Redraw): void {
  const last = attempts.at(-1);
  if (last && (!reason?.trim() || !approver?.trim()))
    throw new DrawError(
      `Task ${taskId} was committed to at ${last.committedAt}${last.executed ? ' and drawn' : ''}; a further attempt needs --reason and --approver, and attempt ${last.number} stays visible.`,
      { reason: 'redraw', values: { task: taskId } },
    );
  // The plan is public, and its hash allows no taking out afterwards.
  if (last && holdsNumbers(reason ?? ''))
    throw new DrawError(
      'The reason holds a telephone or id number of a person. It stands in the plan for ever, so write it without.',
      { reason: 'numbers_in_reason', values: {} },
    );
}

function planDocument(
  task: Task,
  rules: TaskRules,
  { attempt, redraw, candidates }: { attempt: number; redraw: Redraw; candidates: Candidates },
): Record<string, unknown> {
  const { department, tiers, n, strata, ...scope } = rules;
  return {
    method: 'tier-srs-v1',
    tiers,
    n,
    strata,
    task: { id: task.id, year: task.year, scope: task.scope, directed: task.directed, department, attempt },
    ...(attempt > 1 ? { redraw } : {}),
    as_of: candidates.asOf,
    rules: {
      untiered: scope.untiered,
      tier_source: candidates.tierSource,
      areas: scope.areas,
      industries: scope.industries,
      cooling_days: scope.coolingDays,
      cap: scope.cap,
      low_tiers: lowTiers(rules),
      exemption: scope.exemption,
      check_type: scope.checkType,
    },
    matters: scope.matters,
    beacon: scope.beacon,
    // Without tier: the plan is public.
    exclusions: exclusionTotals(candidates.counts),
  };
}

/** Under a name of its own, so that what a broken-off commitment left is nobody's frame. */
async function freeze(warehouse: Warehouse, name: string, params: Record<string, unknown>): Promise<string> {
  const frame = `${name}/${randomBytes(8).toString('hex')}`;
  await warehouse.command(FREEZE_FRAME, { ...params, frame, salt_key: randomBytes(32).toString('hex') });
  return frame;
}
