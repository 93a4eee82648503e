import type Fraction from 'fraction.js';
import type { Cell } from '../cells.ts';
import { systematicSizes } from '../systematic-sizes.ts';

/** A vector of cell sizes and how likely it is. */
export interface SizePattern {
  sizes: number[];
  probability: number;
}

/**
 * Every vector of sizes that systematic rounding can give, with its exact probability: sizes change only where C_h + u passes
 * a whole number, so u is taken from the middle of each interval between those points.
 */
export function sizePatterns(cells: readonly Pick<Cell, 'expected'>[]): SizePattern[] {
  const expected = cells.map(({ expected }) => expected);
  const points = new Map<string, Fraction>();
  let cumulated: Fraction | undefined;
  for (const e of expected) {
    cumulated = cumulated ? cumulated.add(e) : e;
    const point = cumulated.mod(1).equals(0) ? cumulated.mul(0) : cumulated.mod(1).mul(-1).add(1);
    points.set(point.toFraction(), point);
  }
  points.set('0', expected[0]!.mul(0));
  const sorted = [...points.values()].sort((a, b) => a.compare(b));
  const patterns = new Map<string, SizePattern>();
  sorted.forEach((from, index) => {
    const to = sorted[index + 1] ?? from.mul(0).add(1);
    const middle = from.add(to).div(2);
    const sizes = systematicSizes(expected, (middle.n << 64n) / middle.d);
    const held = patterns.get(sizes.join()) ?? { sizes, probability: 0 };
    held.probability += to.sub(from).valueOf();
    patterns.set(sizes.join(), held);
  });
  return [...patterns.values()];
}

/** The probability that a unit of cell `h`, and another of cell `g`, are both drawn. */
export function jointProbability(
  cells: readonly Pick<Cell, 'rows'>[],
  patterns: readonly SizePattern[],
  h: number,
  g: number,
): number {
  const [N, M] = [cells[h]!.rows, cells[g]!.rows];
  return patterns.reduce((sum, { sizes, probability }) => {
    const [n, m] = [sizes[h]!, sizes[g]!];
    return sum + probability * (h === g ? (n * (n - 1)) / (N * (N - 1)) : (n * m) / (N * M));
  }, 0);
}
