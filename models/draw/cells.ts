import type Fraction from 'fraction.js';
import { cellValues, textOf } from './frame-layout.ts';
import { inclusionProbabilities } from './inclusion-probabilities.ts';
import type { Plan } from './plan.ts';
import { systematicSizes } from './systematic-sizes.ts';

/** A cell of the draw: rows of one tier within one combination of strata values. */
export interface Cell {
  /** Strata values and tier, joined by TAB, as latin1 bytes. */
  cellKey: string;
  /** The same as text. */
  key: string[];
  rows: number;
  /** Inclusion probability of each row before the rounding is known. */
  pi: Fraction;
  /** rows · π */
  expected: Fraction;
  /** How many are drawn. */
  size: number;
}

/**
 * The cells in order (bytewise, value by value) with their sizes (draw.md §3, §4, §6).
 *
 * @param offset x of u = x / 2^64
 * @throws DrawError as `inclusionProbabilities` does
 */
export function cellsOf(plan: Plan, rowsByCell: ReadonlyMap<string, number>, offset: bigint): Cell[] {
  const pi = inclusionProbabilities(plan, rowsByTier(rowsByCell));
  const cells = [...rowsByCell]
    .sort(([a], [b]) => compareCellKeys(a, b))
    .map(([cellKey, rows]) => {
      const key = cellValues(cellKey);
      const probability = pi.get(key.at(-1)!)!;
      return { cellKey, key, rows, pi: probability, expected: probability.mul(rows) };
    });
  const sizes = systematicSizes(
    cells.map(({ expected }) => expected),
    offset,
  );
  return cells.map((cell, index) => ({ ...cell, size: sizes[index]! }));
}

/** Rows by tier, as text. */
export function rowsByTier(rowsByCell: ReadonlyMap<string, number>): Map<string, number> {
  const tiers = new Map<string, number>();
  for (const [cellKey, rows] of rowsByCell) {
    const tier = textOf(cellKey.slice(cellKey.lastIndexOf('\t') + 1));
    tiers.set(tier, (tiers.get(tier) ?? 0) + rows);
  }
  return tiers;
}

/** Value by value: a joined comparison would put a value with a control character before one that is its beginning. */
function compareCellKeys(a: string, b: string): number {
  const left = a.split('\t');
  const right = b.split('\t');
  for (const [index, value] of left.entries()) {
    if (value < right[index]!) return -1;
    if (value > right[index]!) return 1;
  }
  return 0;
}
