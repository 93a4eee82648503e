import type { Warehouse } from '@hengjian/warehouse';
import { momentOf } from '../../publication/moment.ts';
import type { BeaconEvidence } from '../beacon/planned-beacon.ts';
import type { FrameIdentity } from '../draw-record.ts';
import { sha256 } from '../sha256.ts';
import { readStepDocuments } from './step-documents.ts';

/** A commitment of a task, and its draw where it was made. */
export interface Attempt {
  number: number;
  department: string;
  plan: Record<string, unknown>;
  planHash: string;
  /** Under which `draw_frames` has the rows. */
  frameId: string;
  frame: FrameIdentity;
  commit: string;
  /** RFC 3339 */
  committedAt: string;
  executed:
    | {
        secret: string;
        beacon: string;
        seed: string;
        resultHash: string;
        evidence: BeaconEvidence | undefined;
        at: string;
      }
    | undefined;
  /** When its public record was made public first, RFC 3339. */
  publishedAt: string | undefined;
}

const STEPS = ['draw.committed', 'draw.objects_executed', 'draw.published'];

/** All attempts of a task in order: a void one stays visible. */
export async function readAttempts(warehouse: Warehouse, taskId: string): Promise<Attempt[]> {
  const documents = await readStepDocuments(warehouse, STEPS, taskId);
  const steps = documents
    .map(({ data, ...step }) => ({ ...step, read: JSON.parse(data) }))
    .sort((a, b) => a.read.attempt - b.read.attempt || (a.type < b.type ? -1 : 1));
  const attempts = new Map<number, Attempt>();
  for (const { type, department, at, read } of steps) {
    if (type === 'draw.committed')
      attempts.set(read.attempt, {
        number: read.attempt,
        department,
        plan: read.plan,
        planHash: read.plan_hash,
        frameId: read.frame_id,
        frame: read.frame,
        commit: read.commit,
        committedAt: momentOf(at),
        executed: undefined,
        publishedAt: undefined,
      });
    else {
      const attempt = attempts.get(read.attempt);
      if (attempt && type === 'draw.published') attempt.publishedAt = momentOf(at);
      else if (attempt)
        attempt.executed = {
          secret: read.secret,
          beacon: read.beacon,
          seed: read.seed,
          resultHash: read.result_hash,
          evidence: read.beacon_evidence,
          at: momentOf(at),
        };
    }
  }
  return [...attempts.values()];
}

/** Of events of the product: the same step of the same attempt is stored once, whoever comes second is a duplicate. */
export function stepId(taskId: string, attempt: number, step: string): string {
  return `${sha256(Buffer.from(taskId)).toString('hex').slice(0, 32)}-${attempt}-${step}`;
}

/** The attempt that counts: the last that was drawn. */
export async function lastExecuted(warehouse: Warehouse, taskId: string): Promise<Attempt | undefined> {
  return (await readAttempts(warehouse, taskId)).findLast(({ executed }) => executed);
}
