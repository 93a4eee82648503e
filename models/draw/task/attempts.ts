import type { Warehouse } from '@hengjian/warehouse';
import { momentOf } from '../../publication/moment.ts';
import type { BeaconEvidence } from '../beacon/planned-beacon.ts';
import type { FrameIdentity } from '../draw-record.ts';
import { sha256 } from '../sha256.ts';

/** Source of what the product itself writes about draws. */
export const DRAW_SOURCE = '/hengjian/draws';

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
}

interface Row {
  type: string;
  department: string;
  at: string;
  data: string;
}

/** All attempts of a task in order: a void one stays visible. */
export async function readAttempts(warehouse: Warehouse, taskId: string): Promise<Attempt[]> {
  const rows = await warehouse.query<Row>(
    `SELECT type, department, toString(time) AS at, data FROM events
     WHERE type IN ('draw.committed', 'draw.objects_executed') AND source = {source:String}
       AND JSONExtractString(data, 'task_id') = {task:String}
     ORDER BY JSONExtractInt(data, 'attempt'), type`,
    { source: DRAW_SOURCE, task: taskId },
  );
  const attempts = new Map<number, Attempt>();
  for (const { type, department, at, data } of rows) {
    const read = JSON.parse(data);
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
      });
    else {
      const attempt = attempts.get(read.attempt);
      if (attempt)
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
