import type { Cell } from './cells.ts';
import { DrawError } from './draw-error.ts';
import type { FrameLayout } from './frame-layout.ts';
import type { FrameSource } from './frame-source.ts';
import { type Keyed, SmallestKeys } from './smallest-keys.ts';
import { unitKey } from './unit-key.ts';

/**
 * For each cell of n drawn rows its 2n smallest keys, by one reading of the frame in any order.
 *
 * @throws DrawError if the rows are no longer those of the cells
 */
export async function readSmallestKeys(
  source: FrameSource,
  layout: FrameLayout,
  cells: readonly Cell[],
  seed: Buffer,
): Promise<Keyed[][]> {
  const held = new Map(cells.map(({ cellKey, size }) => [cellKey, new SmallestKeys(2 * size)]));
  let rows = 0;
  for await (const lines of source.batches()) {
    for (const line of lines) {
      const cell = held.get(layout.cellKey(line));
      if (!cell) throw changed(source.name);
      cell.add(unitKey(seed, layout.keyBytes(line)).toString('latin1'), layout.id(line));
    }
    rows += lines.length;
  }
  if (rows !== cells.reduce((sum, cell) => sum + cell.rows, 0)) throw changed(source.name);
  return [...held.values()].map((cell) => cell.sorted());
}

function changed(name: string): DrawError {
  return new DrawError(`The frame ${name} changed while it was read; draw again from a file that nobody writes to.`);
}
