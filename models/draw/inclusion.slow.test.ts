/** Many draws from a fixed frame against the exact inclusion probabilities of units, tiers and pairs (sampling.md §3.5). */
import { beforeAll, expect, test } from 'vitest';
import { assessDraws } from './testing/assess-draws.ts';
import { jointProbability, sizePatterns } from './testing/exact-design.ts';
import { efraimidisSpirakis, everyKth, largestRemainder, leaning } from './testing/mutants.ts';
import { beaconOf, type SampledDesign, sampledDesign } from './testing/sampled-design.ts';

const SEEDS = 20_000;
/** Beacons are fixed, so a right draw stays right; one in ten thousand series of a right draw would be refused. */
const RIGHT = 1e-4;
const WRONG = 1e-9;

const n = 8;
const units = [...'AAAAAAAAAAAABBBBBBCCCCDD'].map((tier, unit) => [unit % 3 === 0 ? '新开' : '小海', tier] as const);
const plan = { method: 'tier-srs-v1', n, strata: ['area'], tiers: { A: '1/10', B: '3/10', C: '1/2', D: '1' } };
let design: SampledDesign;
let product: number[][];
beforeAll(async () => {
  design = await sampledDesign(units, plan);
  product = [];
  for (let k = 0; k < SEEDS; k++) product.push(await design.draw(beaconOf(k)));
});

function seeds(draw: (beacon: Buffer, k: number) => number[]): number[][] {
  return Array.from({ length: SEEDS }, (_, k) => draw(beaconOf(k), k));
}

test('the exact design: patterns are certain together, and Σ_j π_ij = (n − 1) π_i', () => {
  const patterns = sizePatterns(design.cells);
  expect(patterns.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
  expect(patterns.length).toBeGreaterThan(3);
  design.cells.forEach(({ rows, pi, expected }, h) => {
    const mean = patterns.reduce((sum, { sizes, probability }) => sum + sizes[h]! * probability, 0);
    expect(mean).toBeCloseTo(expected.valueOf(), 12);
    const joint = design.cells.reduce((sum, cell, g) => {
      const others = cell.rows - (g === h ? 1 : 0);
      return others === 0 ? sum : sum + others * jointProbability(design.cells, patterns, h, g);
    }, 0);
    expect(joint, `${rows}`).toBeCloseTo((n - 1) * pi.valueOf(), 12);
  });
});

test('20,000 draws match the exact probabilities of sizes, units, tiers and pairs', () => {
  const { sizes, units, tiers, pairs } = assessDraws(design.cells, design.cellOfUnit, product);
  expect(Math.min(sizes, units, tiers, pairs)).toBeGreaterThan(RIGHT);
});

test('one cell alone: the statistic is (N−1)/N · Σ(C−Rπ)²/(Rπ(1−π)), and the draws match', async () => {
  const alone = await sampledDesign(
    units.map(() => ['新开', 'A'] as const),
    { method: 'tier-srs-v1', n: 6, tiers: { A: '1/10' } },
  );
  const draws: number[][] = [];
  for (let k = 0; k < SEEDS; k++) draws.push(await alone.draw(beaconOf(k)));
  expect(Math.min(...Object.values(assessDraws(alone.cells, alone.cellOfUnit, draws)))).toBeGreaterThan(RIGHT);
  // Every third unit, as the old platform drew: each has its right probability, but most pairs can never come together.
  const old = assessDraws(
    alone.cells,
    alone.cellOfUnit,
    seeds((beacon) => everyKth(units.length, 6, beacon)),
  );
  expect(old.units).toBeGreaterThan(RIGHT);
  expect(old.pairs).toBeLessThan(WRONG);
});

test('Efraimidis–Spirakis keys are refused', () => {
  const weights = design.cellOfUnit.map((cell) => design.cells[cell]!.pi.valueOf());
  const found = assessDraws(
    design.cells,
    design.cellOfUnit,
    seeds((beacon) => efraimidisSpirakis(weights, n, beacon)),
  );
  expect(found.sizes).toBeLessThan(WRONG);
  expect(found.tiers).toBeLessThan(WRONG);
  expect(found.pairs).toBeLessThan(WRONG);
});

test('largest-remainder rounding is refused', () => {
  const found = assessDraws(
    design.cells,
    design.cellOfUnit,
    seeds((beacon) => largestRemainder(design.cells, design.cellOfUnit, n, beacon)),
  );
  expect(found.sizes).toBeLessThan(WRONG);
  expect(found.tiers).toBeLessThan(WRONG);
  expect(found.pairs).toBeLessThan(WRONG);
});

test('keys that lean a little towards the first units are refused by the units', () => {
  const sizes = (k: number) => design.cells.map((_, h) => product[k]!.filter((u) => design.cellOfUnit[u] === h).length);
  const found = assessDraws(
    design.cells,
    design.cellOfUnit,
    seeds((beacon, k) => leaning(sizes(k), design.cellOfUnit, beacon)),
  );
  expect(found.sizes).toBeGreaterThan(RIGHT);
  expect(found.units).toBeLessThan(WRONG);
});
