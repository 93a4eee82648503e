import { chisquare, ibeta, normal } from '../../stats/distributions.ts';
import type { Cell } from '../cells.ts';
import { jointProbability, type SizePattern, sizePatterns } from './exact-design.ts';

export interface Assessment {
  /** p-values; small: the draws are not those of the design. */
  sizes: number;
  units: number;
  tiers: number;
  pairs: number;
}

/**
 * Compares many draws with the exact design.
 *
 * Fixed-size draws are not independent between units, so Pearson's statistic is wrong; the right one is
 * X² = (C − Rπ)ᵀ Σ⁻ (C − Rπ) / R with Σ_ij = π_ij − π_iπ_j (sampling.md §3.5). Units of a cell are exchangeable, hence it
 * falls into contrasts within cells, Σ (C_i − C̄)² / (R(π − π_ij)) ~ χ² with N_h − 1 degrees of freedom each (for one cell
 * of fixed size the (N−1)/N · Σ(C−Rπ)²/(Rπ(1−π)) of that section), and the sizes of the cells, tested by their patterns.
 *
 * @param cellOfUnit the cell of each unit
 * @param draws the units of each draw
 */
export function assessDraws(
  cells: readonly Cell[],
  cellOfUnit: readonly number[],
  draws: readonly (readonly number[])[],
): Assessment {
  const patterns = sizePatterns(cells);
  return {
    sizes: sizesP(cells, patterns, cellOfUnit, draws),
    units: unitsP(cells, patterns, cellOfUnit, draws),
    tiers: tiersP(cells, patterns, cellOfUnit, draws),
    pairs: pairsP(cells, patterns, cellOfUnit, draws),
  };
}

type Draws = readonly (readonly number[])[];

function sizesP(cells: readonly Cell[], patterns: SizePattern[], cellOfUnit: readonly number[], draws: Draws): number {
  const observed = new Map<string, number>();
  for (const draw of draws) {
    const sizes = cells.map(() => 0);
    for (const unit of draw) sizes[cellOfUnit[unit]!]!++;
    observed.set(sizes.join(), (observed.get(sizes.join()) ?? 0) + 1);
  }
  let statistic = 0;
  for (const { sizes, probability } of patterns) {
    const expected = draws.length * probability;
    statistic += ((observed.get(sizes.join()) ?? 0) - expected) ** 2 / expected;
    observed.delete(sizes.join());
  }
  // A vector of sizes that the rounding cannot give.
  return observed.size > 0 ? 0 : upperTail(statistic, patterns.length - 1);
}

function unitsP(cells: readonly Cell[], patterns: SizePattern[], cellOfUnit: readonly number[], draws: Draws): number {
  const counts = cellOfUnit.map(() => 0);
  for (const draw of draws) for (const unit of draw) counts[unit]!++;
  let statistic = 0;
  let degrees = 0;
  for (const [h, { rows, pi }] of cells.entries()) {
    const variance = rows > 1 ? pi.valueOf() - jointProbability(cells, patterns, h, h) : 0;
    if (variance < 1e-12) continue;
    const own = counts.filter((_, unit) => cellOfUnit[unit] === h);
    const mean = own.reduce((sum, count) => sum + count, 0) / rows;
    statistic += own.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (draws.length * variance);
    degrees += rows - 1;
  }
  return upperTail(statistic, degrees);
}

function tiersP(cells: readonly Cell[], patterns: SizePattern[], cellOfUnit: readonly number[], draws: Draws): number {
  const tiers = [...new Set(cells.map(({ key }) => key.at(-1)!))];
  const p = tiers.map((tier) => {
    const totals = patterns.map(({ sizes }) =>
      sizes.reduce((sum, size, h) => sum + (cells[h]!.key.at(-1) === tier ? size : 0), 0),
    );
    const mean = totals.reduce((sum, total, k) => sum + total * patterns[k]!.probability, 0);
    const variance = totals.reduce((sum, total, k) => sum + (total - mean) ** 2 * patterns[k]!.probability, 0);
    const drawn = draws.reduce(
      (sum, draw) => sum + draw.filter((unit) => cells[cellOfUnit[unit]!]!.key.at(-1) === tier).length,
      0,
    );
    return twoSided(drawn - draws.length * mean, draws.length * variance);
  });
  return Math.min(1, Math.min(...p) * tiers.length);
}

function pairsP(cells: readonly Cell[], patterns: SizePattern[], cellOfUnit: readonly number[], draws: Draws): number {
  const N = cellOfUnit.length;
  const counts = new Uint32Array(N * N);
  for (const draw of draws) for (const i of draw) for (const j of draw) if (i < j) counts[i * N + j]!++;
  const joint = cells.map((_, h) =>
    cells.map((_, g) => (h === g && cells[h]!.rows < 2 ? 0 : jointProbability(cells, patterns, h, g))),
  );
  let least = 1;
  const known = new Map<string, number>();
  for (let i = 0; i < N; i++)
    for (let j = i + 1; j < N; j++) {
      const p = joint[cellOfUnit[i]!]![cellOfUnit[j]!]!;
      const count = counts[i * N + j]!;
      const name = `${p} ${count}`;
      if (!known.has(name)) known.set(name, binomialTwoSided(count, draws.length, p));
      least = Math.min(least, known.get(name)!);
    }
  return Math.min(1, (least * N * (N - 1)) / 2);
}

/** Exact, because rare pairs come once or twice in all draws: twice the smaller tail of Binomial(trials, p). */
function binomialTwoSided(count: number, trials: number, p: number): number {
  // What is certain or impossible must come out exactly.
  if (p < 1e-12) return count === 0 ? 1 : 0;
  if (p > 1 - 1e-12) return count === trials ? 1 : 0;
  const atLeast = count === 0 ? 1 : ibeta(p, count, trials - count + 1);
  const atMost = count === trials ? 1 : 1 - ibeta(p, count + 1, trials - count);
  return Math.min(1, 2 * Math.min(atLeast, atMost));
}

function twoSided(deviation: number, variance: number): number {
  // What is certain or impossible must come out exactly.
  if (variance < 1e-9) return Math.abs(deviation) < 1e-6 ? 1 : 0;
  return 2 * normal.cdf(-Math.abs(deviation) / Math.sqrt(variance), 0, 1);
}

function upperTail(statistic: number, degrees: number): number {
  return degrees > 0 ? 1 - chisquare.cdf(statistic, degrees) : 1;
}
