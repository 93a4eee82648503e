import { type Cell, cellsOf } from './cells.ts';
import { frameIdentity } from './commit-draw.ts';
import { commitOf, roundingOffset, seedOf } from './commitment.ts';
import type { DrawRecord, RecordUnit } from './draw-record.ts';
import { frameLayout, textOf } from './frame-layout.ts';
import type { FrameSource } from './frame-source.ts';
import type { Plan } from './plan.ts';
import { readSmallestKeys } from './read-smallest-keys.ts';
import { resultHash } from './result-hash.ts';
import type { Keyed } from './smallest-keys.ts';
import { summariseFrame } from './summarise-frame.ts';

/** For a cell of n drawn rows: the smallest keys, as many as 2n where there are so many. */
export type SmallestKeysByCell = (cells: readonly Cell[], seed: Buffer) => Promise<readonly (readonly Keyed[])[]>;

/** What both engines have in hand before they look at a key. */
export interface DrawInput {
  frame: { rows: number; sha256: string; merkleRoot: Buffer };
  cells: ReadonlyMap<string, number>;
  plan: Plan;
  secret: Buffer;
  beacon: Buffer;
}

/**
 * Draws from a frame (draw.md §3–§8). The frame is read twice: for its hash, and for the keys.
 *
 * @throws DrawError if frame and plan do not fit
 */
export async function runDraw(source: FrameSource, plan: Plan, secret: Buffer, beacon: Buffer): Promise<DrawRecord> {
  const layout = frameLayout(source, plan);
  const { cells, watched: _, ...frame } = await summariseFrame(source, layout);
  const smallest: SmallestKeysByCell = (ordered, seed) => readSmallestKeys(source, layout, ordered, seed);
  return recordDraw({ frame, cells, plan, secret, beacon }, smallest);
}

/** The record, given who finds the smallest keys of each cell. */
export async function recordDraw(input: DrawInput, smallestKeys: SmallestKeysByCell): Promise<DrawRecord> {
  const { frame, plan, secret, beacon } = input;
  const seed = seedOf(secret, beacon, frame.merkleRoot, plan.hash);
  const offset = roundingOffset(seed);
  const cells = cellsOf(plan, input.cells, offset);
  const keys = await smallestKeys(cells, seed);
  const units = keys.map((held, cell) => held.map((keyed, index) => unit(keyed, cell, index + 1)));
  const selected = units.flatMap((list, cell) => list.slice(0, cells[cell]!.size));
  return {
    spec: 'tier-srs-v1',
    frame: frameIdentity(frame),
    plan: plan.document,
    plan_hash: plan.hash,
    secret: secret.toString('hex'),
    commit: commitOf(secret, frame.merkleRoot, plan.hash).toString('hex'),
    beacon: beacon.toString('hex'),
    seed: seed.toString('hex'),
    u: String(offset),
    cells: cells.map(({ key, rows, expected, size, pi }, cell) => ({
      key,
      N: rows,
      expected: expected.toFraction(),
      n: size,
      pi: pi.toFraction(),
      threshold: units[cell]![size - 1]?.key ?? null,
    })),
    selected,
    reserve: units.flatMap((list, cell) => list.slice(cells[cell]!.size)),
    result_hash: resultHash(selected.map(({ id }) => id)),
  };
}

function unit({ key, id }: Keyed, cell: number, rank: number): RecordUnit {
  return { id: textOf(id), cell, key: Buffer.from(key, 'latin1').toString('hex'), rank };
}
