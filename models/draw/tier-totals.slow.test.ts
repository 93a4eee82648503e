/** Tier totals on a frame of 1,000, where small frames have too little power (sampling.md §3.5, §1.6). */
import { expect, test } from 'vitest';
import { assessDraws } from './testing/assess-draws.ts';
import { efraimidisSpirakis } from './testing/mutants.ts';
import { beaconOf, sampledDesign } from './testing/sampled-design.ts';

const SEEDS = 2_000;
const units = Array.from({ length: 1000 }, (_, unit) => {
  const tier = unit < 600 ? 'A' : unit < 900 ? 'B' : unit < 980 ? 'C' : 'D';
  return ['新开', tier] as const;
});

test('600/300/80/20 units, n = 33: every tier is drawn as often as planned; Efraimidis–Spirakis leaves D 15 % short', {
  timeout: 600_000,
}, async () => {
  const design = await sampledDesign(units, {
    method: 'tier-srs-v1',
    n: 33,
    tiers: { A: '1/100', B: '3/100', C: '1/10', D: '1/2' },
  });
  const draws: number[][] = [];
  for (let k = 0; k < SEEDS; k++) draws.push(await design.draw(beaconOf(k)));
  const found = assessDraws(design.cells, design.cellOfUnit, draws);
  expect(Math.min(...Object.values(found))).toBeGreaterThan(1e-4);
  const highest = (list: number[][]) => list.reduce((sum, draw) => sum + draw.filter((unit) => unit >= 980).length, 0);
  expect(highest(draws)).toBe(20_000);

  const weights = design.cellOfUnit.map((cell) => design.cells[cell]!.pi.valueOf());
  const wrong = Array.from({ length: SEEDS }, (_, k) => efraimidisSpirakis(weights, 33, beaconOf(k)));
  // INT, sampling.md §1.7: −15.36 % for tier D.
  expect(highest(wrong) / 20_000 - 1 + 0.1536).toBeCloseTo(0, 1);
  expect(assessDraws(design.cells, design.cellOfUnit, wrong).tiers).toBeLessThan(1e-9);
});
