import { randomBytes } from 'node:crypto';
import { rowsByTier } from './cells.ts';
import { commitOf } from './commitment.ts';
import type { FrameIdentity } from './draw-record.ts';
import { frameLayout } from './frame-layout.ts';
import type { FrameSource } from './frame-source.ts';
import { inclusionProbabilities } from './inclusion-probabilities.ts';
import type { Plan } from './plan.ts';
import { type FrameSummary, summariseFrame } from './summarise-frame.ts';

/** What is fixed before the beacon exists; the secret stays secret, `commit` is published. */
export interface Commitment {
  frame: FrameIdentity;
  plan_hash: string;
  secret: string;
  commit: string;
}

/**
 * Freezes frame and plan (draw.md §5).
 *
 * @param secret 32 bytes; left out: fresh ones
 * @throws DrawError if frame and plan do not fit; nothing is committed to that could not be drawn
 */
export async function commitDraw(
  source: FrameSource,
  plan: Plan,
  secret: Buffer = randomBytes(32),
): Promise<Commitment> {
  const summary = await summariseFrame(source, frameLayout(source, plan));
  inclusionProbabilities(plan, rowsByTier(summary.cells));
  return {
    frame: frameIdentity(summary),
    plan_hash: plan.hash,
    secret: secret.toString('hex'),
    commit: commitOf(secret, summary.merkleRoot, plan.hash).toString('hex'),
  };
}

export function frameIdentity({
  rows,
  sha256,
  merkleRoot,
}: Pick<FrameSummary, 'rows' | 'sha256' | 'merkleRoot'>): FrameIdentity {
  return { rows, sha256, merkle_root: merkleRoot.toString('hex') };
}
