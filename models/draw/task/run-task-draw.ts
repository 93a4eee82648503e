import type { Warehouse } from '@hengjian/warehouse';
import type { WriteEvents } from '../../publication/write-events.ts';
import { type BeaconEvidence, beaconProblem, plannedBeaconOf } from '../beacon/planned-beacon.ts';
import { DrawError } from '../draw-error.ts';
import type { DrawRecord } from '../draw-record.ts';
import { parsePlan } from '../plan.ts';
import { publishRecord } from '../publish-record.ts';
import { runStoredDraw } from '../sql/run-stored-draw.ts';
import { type Attempt, lastExecuted, readAttempts, stepId } from './attempts.ts';
import { drawnObjectsSteps } from './drawn-objects.ts';
import { holdLimits } from './hold-limits.ts';
import { type Step, writeSteps } from './write-steps.ts';

/**
 * Draws for a task: the frame is the frozen one, the plan the committed one. Writes `draw.objects_executed` with all that is
 * needed to repeat it, and `draw.executed`, which scores count.
 *
 * @param evidence from which anybody can check the beacon itself
 * @throws DrawError if nothing was committed to, the secret is another one, the attempt was drawn already, or another
 * draw has used up a limit since
 */
export async function runTaskDraw(
  warehouse: Warehouse,
  write: WriteEvents,
  taskId: string,
  secret: Buffer,
  beacon: Buffer,
  evidence?: BeaconEvidence,
): Promise<DrawRecord> {
  const attempt = (await readAttempts(warehouse, taskId)).at(-1);
  if (!attempt)
    throw new DrawError(`Nothing was committed to for task ${taskId}; begin with \`draw plan --task ${taskId}\`.`);
  if (attempt.executed)
    throw new DrawError(
      `Attempt ${attempt.number} of task ${taskId} is drawn; \`draw publish --task ${taskId}\` shows it, and another one needs \`draw plan\` with --reason and --approver.`,
      { reason: 'drawn_already', values: { task: taskId } },
    );
  const planned = plannedBeaconOf(attempt.plan);
  const wrong = planned && beaconProblem(planned, evidence, beacon.toString('hex'));
  if (wrong)
    throw new DrawError(
      `The commitment of ${taskId} announced its beacon (${planned.kind === 'drand' ? `drand round ${planned.round}` : planned.name}): ${wrong}; give what came out by --beacon-value.`,
    );
  await holdLimits(warehouse, taskId, attempt);
  const record = await repeat(warehouse, attempt, secret, beacon);
  if (record.commit !== attempt.commit)
    throw new DrawError(
      `With this secret, frame and plan commit to ${record.commit}, not to the ${attempt.commit} of ${attempt.committedAt}; give the secret that \`draw plan\` printed.`,
      { reason: 'other_secret', values: { task: taskId } },
    );
  const { strata, selected } = publishRecord(record);
  const executed: Step = {
    id: stepId(taskId, attempt.number, 'executed'),
    type: 'draw.objects_executed',
    department: attempt.department,
    data: {
      task_id: taskId,
      attempt: attempt.number,
      snapshot_hash: record.frame.sha256,
      seed_commit: record.commit,
      secret: record.secret,
      beacon: record.beacon,
      seed: record.seed,
      strata,
      selected,
      result_hash: record.result_hash,
      ...(evidence ? { beacon_evidence: evidence } : {}),
    },
  };
  const objects = await drawnObjectsSteps(warehouse, taskId, attempt, selected, `attempt ${attempt.number} counts`);
  await writeSteps(write, [executed, ...objects]);
  return record;
}

/**
 * The record of a task's last draw, computed again from the frozen frame and the log.
 *
 * @throws DrawError if it was not drawn yet
 */
export async function repeatTaskDraw(warehouse: Warehouse, taskId: string): Promise<DrawRecord> {
  const attempt = await lastExecuted(warehouse, taskId);
  if (!attempt?.executed)
    throw new DrawError(`Task ${taskId} is not drawn yet; \`draw run --task ${taskId}\` does it.`);
  return repeatAttempt(warehouse, taskId, attempt);
}

/**
 * The record of an attempt that was drawn, computed again.
 *
 * @throws DrawError if it does not give the result that the log has
 */
export async function repeatAttempt(warehouse: Warehouse, taskId: string, attempt: Attempt): Promise<DrawRecord> {
  const { secret, beacon, resultHash } = attempt.executed!;
  const record = await repeat(warehouse, attempt, Buffer.from(secret, 'hex'), Buffer.from(beacon, 'hex'));
  if (record.result_hash !== resultHash)
    throw new DrawError(
      `The frozen frame of task ${taskId} gives the result ${record.result_hash}, the log says ${resultHash}: one of them was changed.`,
    );
  return record;
}

function repeat(warehouse: Warehouse, attempt: Attempt, secret: Buffer, beacon: Buffer): Promise<DrawRecord> {
  return runStoredDraw(warehouse, attempt.frameId, parsePlan(attempt.plan), secret, beacon);
}
