import fc from 'fast-check';
import Fraction from 'fraction.js';
import { expect, test } from 'vitest';
import { inclusionProbabilities } from './inclusion-probabilities.ts';
import { parsePlan } from './plan.ts';
import { systematicSizes } from './systematic-sizes.ts';

const probability = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }))
  .map(([a, b]) => `${Math.min(a, b)}/${Math.max(a, b)}`);
const population = fc
  .array(fc.tuple(probability, fc.integer({ min: 1, max: 5000 })), { minLength: 1, maxLength: 6 })
  .map((tiers) => tiers.map(([p, rows], index) => ({ tier: `T${index}`, p, rows })));

function probabilities(tiers: { tier: string; p: string; rows: number }[], n?: number): Map<string, Fraction> {
  const plan = parsePlan({
    method: 'tier-srs-v1',
    tiers: Object.fromEntries(tiers.map(({ tier, p }) => [tier, p])),
    n,
  });
  return inclusionProbabilities(plan, new Map(tiers.map(({ tier, rows }) => [tier, rows])));
}

test('π as R gives it: sampling::inclusionprobabilities(c(1,2,3,4), 2), and with units taken whole', () => {
  const tiers = [1, 2, 3, 4].map((size) => ({ tier: `T${size}`, p: `${size}/4`, rows: 1 }));
  expect([...probabilities(tiers, 2).values()].map(String)).toEqual(['0.2', '0.4', '0.6', '0.8']);
  // n = 3: 3·4/10 ≥ 1 is taken whole, then 2·3/6 = 1 exactly, then 1·2/3 and 1·1/3.
  expect([...probabilities(tiers, 3)].map(([tier, pi]) => `${tier} ${pi.toFraction()}`).sort()).toEqual([
    'T1 1/3',
    'T2 2/3',
    'T3 1',
    'T4 1',
  ]);
});

test('without n each tier has its own probability; a tier without rows may be planned', () => {
  const plan = parsePlan({ method: 'tier-srs-v1', tiers: { A: '2/100', D: '1' } });
  expect([...inclusionProbabilities(plan, new Map([['A', 7]]))].map(([, pi]) => pi.toFraction())).toEqual(['1/50']);
});

test('with n the probabilities are exact: they sum to n, none exceeds 1, those below 1 are proportional', () => {
  fc.assert(
    fc.property(population, fc.double({ min: 0, max: 1, noNaN: true }), (tiers, share) => {
      const total = tiers.reduce((sum, { rows }) => sum + rows, 0);
      const n = Math.max(1, Math.round(share * total));
      const pi = probabilities(tiers, n);
      const sum = tiers.reduce((all, { tier, rows }) => all.add(pi.get(tier)!.mul(rows)), new Fraction(0));
      expect(sum.equals(n)).toBe(true);
      expect([...pi.values()].every((value) => value.compare(0) > 0 && value.compare(1) <= 0)).toBe(true);
      const ratios = tiers
        .filter(({ tier }) => pi.get(tier)!.compare(1) < 0)
        .map(({ tier, p }) => pi.get(tier)!.div(new Fraction(p)).toFraction());
      expect(new Set(ratios).size).toBeLessThanOrEqual(1);
      // Nobody is certain whose proportional share would be below 1.
      const scale = ratios[0] ? new Fraction(ratios[0]) : undefined;
      for (const { tier, p } of tiers)
        if (scale && pi.get(tier)!.equals(1)) expect(scale.mul(new Fraction(p)).compare(1)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('systematic rounding: the total is kept, each size is within one, and the mean over all u is exactly e', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.constantFrom(1, 2, 3, 4, 5, 6, 8)), {
        minLength: 1,
        maxLength: 12,
      }),
      (list) => {
        const expected = list.map(([a, b]) => new Fraction(a, b));
        // Sizes change only where C + u passes a whole number; u = (k + ½)/120 visits each of those intervals equally often.
        const sums = expected.map(() => 0);
        for (let k = 0n; k < 120n; k++) {
          const offset = ((2n * k + 1n) << 64n) / 240n;
          const sizes = systematicSizes(expected, offset);
          sizes.forEach((size, index) => {
            sums[index]! += size;
            expect(Math.abs(size - Number(expected[index]!.valueOf()))).toBeLessThan(1);
          });
          const total = expected.reduce((sum, e) => sum.add(e), new Fraction(0));
          if (total.d === 1n) expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(Number(total.n));
        }
        expect(sums.map((sum) => new Fraction(sum, 120).toFraction())).toEqual(expected.map((e) => e.toFraction()));
      },
    ),
    { numRuns: 60 },
  );
});
