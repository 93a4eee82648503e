import Fraction from 'fraction.js';
import { CheckFailed, type CheckList } from './check.ts';
import { DrawError } from './draw-error.ts';
import { bytewise, cellValues, type FrameLayout, frameLayout } from './frame-layout.ts';
import type { FrameSource } from './frame-source.ts';
import type { Proof } from './record-schema.ts';
import { type FrameSummary, summariseFrame } from './summarise-frame.ts';
import { unitKey } from './unit-key.ts';

/**
 * What a proof says of the frame: its columns, rows and root, the row of the id, and the cell with its rows and threshold. Secret and
 * plan are not in a proof, so commit and seed must still be compared with what was published.
 */
export async function verifyProofAgainstFrame(list: CheckList, proof: Proof, source: FrameSource): Promise<void> {
  const wrong = (what: string, frame: unknown, claimed: unknown) =>
    `the frame ${source.name} has ${what} ${frame}, the proof says ${claimed}`;
  list.hold(
    'frame.columns',
    JSON.stringify(source.columns) === JSON.stringify(proof.columns),
    'are those of the frame',
    wrong('the columns', source.columns.join(', '), proof.columns.join(', ')),
  );
  const { layout, summary, rows } = await cellOf(proof, source);
  const root = summary.merkleRoot.toString('hex');
  list.hold(
    'frame.rows',
    summary.rows === proof.tree_size,
    'are those of the frame',
    wrong('rows', summary.rows, proof.tree_size),
  );
  list.hold(
    'frame.merkle_root',
    root === proof.merkle_root,
    'is that of the frame',
    wrong('the root', root, proof.merkle_root),
  );
  const { N, n, pi, threshold } = proof.cell;
  list.hold('frame.cells', rows === N, 'the cell has the rows of the frame', wrong('rows of the cell', rows, N));
  const expected = new Fraction(pi).mul(N);
  list.hold(
    'frame.sizes',
    expected.floor().compare(n) === 0 || expected.ceil().compare(n) === 0,
    'the number drawn is the expected one, rounded',
    `${N} rows with π ${pi} give ${expected.toFraction()}, which is not rounded to ${n}`,
  );
  const keys = await smallest(proof, source, layout);
  const last = keys[n - 1] ?? null;
  list.hold(
    'frame.thresholds',
    last === threshold,
    'the threshold is the last of so many smallest keys',
    wrong('the threshold', last, threshold),
  );
}

/** A proof has the values of its strata without their names: they are the columns of its row that give a cell of so many rows. */
async function cellOf(
  proof: Proof,
  source: FrameSource,
): Promise<{ layout: FrameLayout; summary: FrameSummary; rows: number }> {
  let found: { layout: FrameLayout; summary: FrameSummary; rows: number } | undefined;
  try {
    for (const strata of strataOf(proof)) {
      const layout = frameLayout(source, { strata });
      const summary = await summariseFrame(source, layout);
      const rows = summary.cells.get(proof.cell.key.map(bytewise).join('\t')) ?? 0;
      found = { layout, summary, rows };
      if (rows === proof.cell.N) break;
    }
  } catch (error) {
    if (error instanceof DrawError) throw new CheckFailed('frame', error.message);
    throw error;
  }
  if (!found)
    throw new CheckFailed('frame.cells', `no columns of the row give the cell ${JSON.stringify(proof.cell.key)}`);
  return found;
}

/** Every choice of columns whose values in the row are those of the cell, in order. */
function strataOf({ line, columns, cell }: Proof): string[][] {
  const fields = line.split('\t');
  return cell.key
    .slice(0, -1)
    .reduce<string[][]>(
      (chosen, value) =>
        chosen.flatMap((names) =>
          columns
            .filter((name, at) => fields[at] === value && !['tier', 'salt', ...names].includes(name))
            .map((name) => [...names, name]),
        ),
      [[]],
    );
}

/** Keys of the cell, rising. */
async function smallest(proof: Proof, source: FrameSource, layout: FrameLayout): Promise<string[]> {
  const wanted = JSON.stringify(proof.cell.key);
  const seed = Buffer.from(proof.seed, 'hex');
  const keys: string[] = [];
  for await (const lines of source.batches())
    for (const line of lines)
      if (JSON.stringify(cellValues(layout.cellKey(line))) === wanted)
        keys.push(unitKey(seed, layout.keyBytes(line)).toString('hex'));
  return keys.sort();
}
