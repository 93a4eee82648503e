import { isDeepStrictEqual } from 'node:util';
import type { Warehouse } from '@hengjian/warehouse';
import { beaconProblem, plannedBeaconOf } from '../beacon/planned-beacon.ts';
import { type Check, CheckFailed, CheckList } from '../check.ts';
import { DrawError } from '../draw-error.ts';
import { isObject } from '../plan.ts';
import { proveUnit } from '../prove-unit.ts';
import { verifyRecord } from '../verify-record.ts';
import { type AdjustmentNote, readAdjustments } from './adjustments.ts';
import { type Attempt, readAttempts } from './attempts.ts';
import { holdStandingObjects } from './hold-standing-objects.ts';
import { repeatAttempt } from './run-task-draw.ts';
import { storedFrameSource } from './stored-frame-source.ts';

/** What is looked at of a record, a public record or a proof, whoever wrote it. */
interface Claimed {
  id?: unknown;
  commit?: unknown;
  plan?: { task?: { id?: unknown; attempt?: unknown } };
  selected?: (string | { id: string })[];
  [member: string]: unknown;
}

/**
 * A record, public record or proof of a task against the log and the frozen frame: it must be of an attempt that was committed
 * to and drawn, with the beacon and the result that the log has, and it must say whether others came before it.
 *
 * @param inspectorOf how the reader is shown an inspector of the library
 */
export async function verifyTaskRecord(
  warehouse: Warehouse,
  taskId: string,
  record: unknown,
  inspectorOf: (id: string) => string = (id) => id,
): Promise<Check[]> {
  const attempts = await readAttempts(warehouse, taskId);
  const claimed: Claimed = isObject(record) ? record : {};
  const proof = 'path' in claimed;
  const attempt = attempts.find(({ number, commit }) =>
    proof ? commit === claimed.commit : number === claimed.plan?.task?.attempt,
  );
  const source = attempt && !proof ? storedFrameSource(warehouse, attempt.frameId) : undefined;
  const list = new CheckList();
  list.checks.push(...(await verifyRecord(record, source)));
  if (list.checks.some(({ problem }) => problem)) return list.checks;
  try {
    const held = holdAttempt(list, taskId, claimed, attempt, attempts);
    holdExecuted(list, claimed, held);
    const drawn = proof
      ? await holdProof(list, warehouse, taskId, claimed, held)
      : claimed.selected!.map((unit) => (typeof unit === 'string' ? unit : unit.id));
    holdBeacon(list, held);
    const notes = await readAdjustments(warehouse, taskId, held.number);
    if (held === attempts.findLast(({ executed }) => executed))
      await holdStandingObjects(list, warehouse, taskId, drawn, notes);
    sayOthers(list, taskId, held, attempts);
    sayAdjustments(list, notes, inspectorOf);
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    list.fail(error);
  }
  return list.checks;
}

function holdAttempt(
  list: CheckList,
  taskId: string,
  claimed: Claimed,
  attempt: Attempt | undefined,
  attempts: readonly Attempt[],
): Attempt {
  const task = claimed.plan?.task;
  if (claimed.plan && task?.id !== taskId)
    throw new CheckFailed('task', `the record is of task ${String(task?.id)}, not of ${taskId}`);
  if (!attempt)
    throw new CheckFailed(
      'attempt',
      `the log has no ${claimed.plan ? `attempt ${String(task?.attempt)}` : `attempt with the commitment ${String(claimed.commit)}`} of task ${taskId}, only ${attempts.length}: it was never committed to`,
    );
  list.hold(
    'commitment',
    attempt.commit === claimed.commit,
    `is the one of ${attempt.committedAt}`,
    `at ${attempt.committedAt} the commitment was ${attempt.commit}, the record has ${String(claimed.commit)}`,
  );
  return attempt;
}

/** Frame, plan and secret follow from the commitment; which beacon was drawn with, and what came out, only the log can say. */
function holdExecuted(list: CheckList, claimed: Claimed, { number, committedAt, executed, ...attempt }: Attempt): void {
  if (!executed)
    throw new CheckFailed(
      'executed',
      `attempt ${number} was committed to at ${committedAt} and never drawn: the log knows nothing of this result`,
    );
  const logged = {
    merkle_root: attempt.frame.merkle_root,
    plan_hash: attempt.planHash,
    secret: executed.secret,
    beacon: executed.beacon,
    seed: executed.seed,
    result_hash: executed.resultHash,
  };
  const other = Object.entries(logged).find(([name, value]) => name in claimed && claimed[name] !== value);
  list.hold(
    'executed',
    other === undefined,
    `beacon and result are those that the log has of ${executed.at}`,
    other ? `at ${executed.at} the ${other[0]} was ${other[1]}, the record has ${String(claimed[other[0]])}` : '',
  );
}

/** Cell, key and threshold of a proof are those of the repeated draw. @returns who was drawn */
async function holdProof(
  list: CheckList,
  warehouse: Warehouse,
  taskId: string,
  claimed: Claimed,
  attempt: Attempt,
): Promise<readonly string[]> {
  try {
    const record = await repeatAttempt(warehouse, taskId, attempt);
    const proof = await proveUnit(record, storedFrameSource(warehouse, attempt.frameId), String(claimed.id));
    const wrong = Object.entries(proof).find(([name, value]) => !isDeepStrictEqual(value, claimed[name]));
    list.hold(
      'proof',
      wrong === undefined,
      'is what the repeated draw gives for the id',
      wrong
        ? `the repeated draw has the ${wrong[0]} ${JSON.stringify(wrong[1])}, the proof ${JSON.stringify(claimed[wrong[0]])}`
        : '',
    );
    return record.selected.map(({ id }) => id);
  } catch (error) {
    if (error instanceof DrawError) throw new CheckFailed('proof', error.message);
    throw error;
  }
}

function holdBeacon(list: CheckList, { plan, executed }: Attempt): void {
  const planned = plannedBeaconOf(plan);
  const wrong = planned && beaconProblem(planned, executed!.evidence, executed!.beacon);
  list.hold(
    'beacon',
    wrong === undefined,
    planned
      ? `is the one announced with the commitment, of ${planned.at}`
      : 'none was announced with the commitment: who knew the secret could choose it, and with it the result',
    wrong ?? '',
  );
}

function sayOthers(list: CheckList, taskId: string, attempt: Attempt, attempts: readonly Attempt[]): void {
  const missing = attempts.findIndex(({ number }, index) => number !== index + 1) + 1;
  if (missing > 0)
    throw new CheckFailed(
      'attempt',
      `the log has attempt ${attempts.at(-1)!.number} of task ${taskId} and no attempt ${missing}, which stood before it: attempts are counted from 1, and none is taken back`,
    );
  const others = attempts
    .filter((other) => other !== attempt)
    .map((other) => `${other.number} (${other.executed ? 'drawn' : 'not drawn'})`);
  list.checks.push({
    name: 'attempt',
    finding: `is attempt ${attempt.number}, committed to at ${attempt.committedAt}; ${others.length > 0 ? `other attempts: ${others.join(', ')}` : 'there is no other'}`,
  });
}

function sayAdjustments(list: CheckList, notes: readonly AdjustmentNote[], inspectorOf: (id: string) => string): void {
  if (notes.length === 0) return;
  const finding = notes
    .map(({ subject, from, to, reason, approver, at }) => {
      // Of a recusal, persons; of a replacement, enterprises.
      const change = subject ? `${subject}: ${inspectorOf(from)} → ${inspectorOf(to)}` : `${from} → ${to}`;
      return `${change} at ${at} (${reason}; ${approver})`;
    })
    .join(', ');
  list.checks.push({ name: 'adjustments', finding });
}
