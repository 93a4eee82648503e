import { DrawError } from './draw-error.ts';
import type { DrawRecord } from './draw-record.ts';
import { bytewise, cellValues, frameLayout } from './frame-layout.ts';
import type { FrameSource } from './frame-source.ts';
import { isObject, parsePlan } from './plan.ts';
import type { Proof } from './record-schema.ts';
import { summariseFrame } from './summarise-frame.ts';
import { unitKey } from './unit-key.ts';
import { verifyRecord } from './verify-record.ts';

/**
 * What one enterprise needs to check itself (draw.md, `draw proof`): its line, the Merkle path to the committed root, its
 * cell's numbers and its key. It holds the enterprise's own tier, so it is for that enterprise, not for the public.
 *
 * @throws DrawError if the record does not hold, the frame is another one, or the id is not in it
 */
export async function proveUnit(record: unknown, source: FrameSource, id: string): Promise<Proof> {
  const failed = (await verifyRecord(record)).find(({ problem }) => problem);
  if (failed) throw new DrawError(`The record fails the check ${failed.name}: ${failed.problem}.`);
  // A public record holds no cells, and a proof no list of those drawn.
  if (!isObject(record) || !Object.hasOwn(record, 'cells'))
    throw new DrawError('The record is no full record; give the output of `draw run --json`.');
  const { frame, plan, plan_hash, commit, seed, cells } = record as unknown as DrawRecord;
  const layout = frameLayout(source, parsePlan(plan));
  const summary = await summariseFrame(source, layout, bytewise(id));
  if (summary.merkleRoot.toString('hex') !== frame.merkle_root)
    throw new DrawError(`The frame ${source.name} is not the one of the record; give the frame that was committed to.`);
  if (!summary.watched) throw new DrawError(`The id ${id} is not in the frame ${source.name}; check its spelling.`);
  const { line, index, path } = summary.watched;
  const values = JSON.stringify(cellValues(layout.cellKey(line)));
  const cell = cells.find(({ key }) => JSON.stringify(key) === values);
  if (!cell) throw new DrawError(`The record has no cell ${values}; verify it with --frame.`);
  const key = unitKey(Buffer.from(seed, 'hex'), layout.keyBytes(line)).toString('hex');
  return {
    spec: 'tier-srs-v1',
    id,
    columns: source.columns,
    line: line.toString(),
    leaf_index: index,
    tree_size: frame.rows,
    path: path.map((hash) => hash.toString('hex')),
    merkle_root: frame.merkle_root,
    plan_hash,
    commit,
    seed,
    cell: { key: cell.key, N: cell.N, n: cell.n, pi: cell.pi, threshold: cell.threshold },
    key,
    drawn: (record as unknown as DrawRecord).selected.some((unit) => unit.id === id),
  };
}
