import { type Check, CheckFailed, CheckList } from './check.ts';
import { commitOf, seedOf } from './commitment.ts';
import { DrawError } from './draw-error.ts';
import type { DrawRecord } from './draw-record.ts';
import type { FrameSource } from './frame-source.ts';
import { isObject, type Plan, parsePlan } from './plan.ts';
import { ProofSchema, PublicRecordSchema, RecordSchema, shapeProblem } from './record-schema.ts';
import { verifyAgainstFrame, verifyPublicAgainstFrame } from './verify-against-frame.ts';
import { verifyCells } from './verify-cells.ts';
import { verifyProof } from './verify-proof.ts';
import { verifyProofAgainstFrame } from './verify-proof-against-frame.ts';
import { verifyPublicResult } from './verify-public-result.ts';
import { verifyUnits } from './verify-units.ts';

/**
 * Checks a record, a public record or a proof, in a fixed order, up to the first check that fails (draw.md, `draw verify`).
 *
 * @param record what JSON.parse gave
 * @param source the frame; without it only what the record alone can show
 */
export async function verifyRecord(record: unknown, source?: FrameSource): Promise<Check[]> {
  const list = new CheckList();
  try {
    if (isObject(record) && 'path' in record) {
      holdShape(list, ProofSchema, record, 'proof');
      verifyProof(list, record as never);
      if (source) await verifyProofAgainstFrame(list, record as never, source);
    } else if (isObject(record) && 'strata' in record) {
      holdShape(list, PublicRecordSchema, record, 'public record');
      verifyPublicResult(list, record as never, verifyCommitment(list, record as never));
      if (source) await verifyPublicAgainstFrame(list, record as never, source);
    } else {
      holdShape(list, RecordSchema, record, 'full record');
      await verifyFullRecord(list, record as unknown as DrawRecord, source);
    }
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    list.fail(error);
  }
  return list.checks;
}

function holdShape(list: CheckList, schema: Parameters<typeof shapeProblem>[0], value: unknown, what: string): void {
  const problem = shapeProblem(schema, value);
  list.hold('record', problem === undefined, `has the members of a ${what}`, `it is no ${what} (${problem})`);
}

async function verifyFullRecord(list: CheckList, record: DrawRecord, source: FrameSource | undefined): Promise<void> {
  const plan = verifyCommitment(list, record);
  verifyCells(list, record, plan);
  verifyUnits(list, record);
  if (source) await verifyAgainstFrame(list, record, plan, source);
}

type Committed = Pick<DrawRecord, 'frame' | 'plan' | 'plan_hash' | 'secret' | 'commit' | 'beacon' | 'seed'>;

function verifyCommitment(list: CheckList, record: Committed): Plan {
  const plan = planOf(record);
  list.hold('plan', true, 'is a plan of tier-srs-v1', '');
  list.hold(
    'plan_hash',
    plan.hash === record.plan_hash,
    'is the hash of the plan',
    `the plan hashes to ${plan.hash}, the record says ${record.plan_hash}: the plan was changed`,
  );
  const secret = Buffer.from(record.secret, 'hex');
  const root = Buffer.from(record.frame.merkle_root, 'hex');
  const commit = commitOf(secret, root, plan.hash).toString('hex');
  list.hold(
    'commit',
    commit === record.commit,
    'follows from secret, frame and plan; compare it with what was published before the beacon',
    `secret, frame and plan commit to ${commit}, the record says ${record.commit}: one of them is not what was committed to`,
  );
  const seed = seedOf(secret, Buffer.from(record.beacon, 'hex'), root, plan.hash).toString('hex');
  list.hold(
    'seed',
    seed === record.seed,
    'follows from secret, beacon, frame and plan',
    `secret, beacon, frame and plan give ${seed}, the record says ${record.seed}`,
  );
  return plan;
}

function planOf({ plan }: Committed): Plan {
  try {
    return parsePlan(plan);
  } catch (error) {
    if (error instanceof DrawError) throw new CheckFailed('plan', error.message);
    throw error;
  }
}
