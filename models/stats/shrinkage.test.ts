import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chapmanEstimate, chapmanProblem, jamesStein, shrinkProportions, shrinkRates } from './index.ts';

test('Gamma–Poisson: the example of the PySAL documentation (Empirical_Bayes)', () => {
  const events = [18, 5, 8, 7, 3, 8];
  const exposures = [190, 45, 45, 50, 160, 150];
  const rates = shrinkRates(events.map((count, index) => ({ events: count, exposure: exposures[index]! })))!;
  expect(rates.map((rate) => Number(rate.toFixed(8)))).toEqual([
    0.09080775, 0.09252352, 0.12332267, 0.10753624, 0.03301368, 0.05934766,
  ]);
});

test('beta-binomial by the moments of Kleinman (1973), worked by hand', () => {
  // n = 10 each, k = 1, 5, 9: p̄ = ½, S = 10(0.16 + 0 + 0.16) = 3.2, Σ(1 − n_i/n.) = 2, Σ n_i(1 − n_i/n.) = 20,
  // ρ = (3.2 − ¼·2) / (¼(20 − 2)) = 2.7/4.5 = 0.6, a + b = 2/3, (k + 1/3)/(10 + 2/3) = (3k + 1)/32.
  const shrunk = shrinkProportions([1, 5, 9].map((events) => ({ events, trials: 10 })))!;
  expect(shrunk.prior.weight).toBeCloseTo(2 / 3, 12);
  for (const [index, k] of [1, 5, 9].entries()) expect(shrunk.means[index]).toBeCloseTo((3 * k + 1) / 32, 12);
});

test('beta-binomial by a second way: moments summed over all outcomes, posterior means integrated', () => {
  const cells = [
    { events: 0, trials: 4 },
    { events: 3, trials: 9 },
    { events: 11, trials: 20 },
    { events: 2, trials: 30 },
    { events: 1, trials: 1 },
  ];
  const total = cells.reduce((sum, { trials }) => sum + trials, 0);
  const mean = cells.reduce((sum, { events }) => sum + events, 0) / total;
  const scatter = cells.reduce((sum, { events, trials }) => sum + trials * (events / trials - mean) ** 2, 0);
  /** Var(K/n), K beta-binomial: the probabilities of 0 … n one after the other, each from the one before. */
  const variance = (n: number, a: number, b: number) => {
    const weights = [1];
    for (let k = 1; k <= n; k++) weights.push((weights[k - 1]! * (n - k + 1) * (a + k - 1)) / (k * (b + n - k)));
    const all = weights.reduce((sum, one) => sum + one, 0);
    return weights.reduce((sum, one, k) => sum + (one / all) * (k / n - mean) ** 2, 0);
  };
  // The weight of the prior by which the scatter that is expected is the one that was seen.
  let [low, high] = [1e-6, 1e6];
  for (let round = 0; round < 200; round++) {
    const weight = Math.sqrt(low * high);
    const expected = cells.reduce(
      (sum, { trials: n }) => sum + n * (1 - n / total) * variance(n, mean * weight, (1 - mean) * weight),
      0,
    );
    if (expected > scatter) low = weight;
    else high = weight;
  }
  const shrunk = shrinkProportions(cells)!;
  expect(shrunk.prior.mean).toBeCloseTo(mean, 12);
  expect(shrunk.prior.weight).toBeCloseTo(low, 6);
  for (const [index, { events, trials }] of cells.entries()) {
    // x = sin²φ takes the poles of the density at both ends away.
    const [a, b] = [events + mean * low, trials - events + (1 - mean) * low];
    let [area, moment] = [0, 0];
    for (let step = 0; step < 20_000; step++) {
      const phi = ((step + 0.5) / 20_000) * (Math.PI / 2);
      const density = Math.sin(phi) ** (2 * a - 1) * Math.cos(phi) ** (2 * b - 1);
      area += density;
      moment += density * Math.sin(phi) ** 2;
    }
    expect(shrunk.means[index]).toBeCloseTo(moment / area, 4);
  }
});

test('cells that differ no more than chance are pooled; a cell without trials has the mean; no trials, no rate', () => {
  expect(
    shrinkProportions([
      { events: 2, trials: 10 },
      { events: 2, trials: 10 },
      { events: 0, trials: 0 },
    ])!.means,
  ).toEqual([0.2, 0.2, 0.2]);
  expect(
    shrinkProportions([
      { events: 0, trials: 4 },
      { events: 0, trials: 9 },
    ])!.means,
  ).toEqual([0, 0]);
  expect(shrinkProportions([{ events: 0, trials: 0 }])).toBeUndefined();
  expect(
    shrinkRates([
      { events: 3, exposure: 30 },
      { events: 2, exposure: 20 },
      { events: 0, exposure: 0 },
    ]),
  ).toEqual([0.1, 0.1, 0.1]);
  expect(shrinkRates([])).toBeUndefined();
});

test('every shrunk proportion lies between its own and the mean', () => {
  const cell = fc
    .integer({ min: 1, max: 60 })
    .chain((trials) => fc.integer({ min: 0, max: trials }).map((events) => ({ events, trials })));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 20 }), (cells) => {
      const { prior, means } = shrinkProportions(cells)!;
      cells.forEach(({ events, trials }, index) => {
        const [low, high] = [events / trials, prior.mean].sort((a, b) => a - b) as [number, number];
        expect(means[index]).toBeGreaterThanOrEqual(low - 1e-12);
        expect(means[index]).toBeLessThanOrEqual(high + 1e-12);
      });
    }),
  );
});

test('James–Stein: batting averages of 1970, Efron and Morris (1977), Scientific American 236/5: c = 0.212', () => {
  const averages = [
    0.4, 0.378, 0.356, 0.333, 0.311, 0.311, 0.289, 0.267, 0.244, 0.244, 0.222, 0.222, 0.222, 0.222, 0.222, 0.2, 0.178,
    0.156,
  ];
  const mean = averages.reduce((sum, value) => sum + value, 0) / 18;
  const shrunk = jamesStein(averages, (mean * (1 - mean)) / 45);
  expect((shrunk[0]! - mean) / (0.4 - mean)).toBeCloseTo(0.212, 2);
  expect(shrunk[0]!).toBeCloseTo(0.294, 2);
  expect(shrunk[17]!).toBeCloseTo(0.242, 2);
  expect(jamesStein([1, 2, 3], 1)).toEqual([1, 2, 3]);
});

test('Chapman: 10 and 15 turtles, 5 of them both times, are 28 (22 to 65)', () => {
  const { size, lower, upper } = chapmanEstimate(10, 15, 5);
  expect(size).toBeCloseTo(28.33, 2);
  expect([Math.round(lower), Math.round(upper)]).toEqual([22, 65]);
  expect(() => chapmanEstimate(3, 5, 4)).toThrow(RangeError);
});

test('where Chapman’s estimate is made its interval is of use: no bound beyond a hundredfold of what neither list holds', () => {
  const size = fc.integer({ min: 0, max: 5000 });
  fc.assert(
    fc.property(size, size, size, (both, onlyFirst, onlySecond) => {
      const [first, second] = [both + onlyFirst, both + onlySecond];
      if (chapmanProblem(first, second, both)) return;
      const { size: estimate, lower, upper } = chapmanEstimate(first, second, both);
      const seen = first + second - both;
      expect(lower).toBeLessThan(estimate + 1);
      expect(lower).toBeGreaterThan(seen - 1);
      expect(upper - seen).toBeLessThan(100 * Math.max(1, estimate - seen));
    }),
  );
  // What was shown before: 70 to millions.
  expect(chapmanEstimate(69, 70, 69).upper).toBeGreaterThan(1e6);
  expect(chapmanProblem(69, 70, 69)).toBe('contained');
  expect(chapmanProblem(70, 70, 69)).toBe('coincide');
  expect(chapmanProblem(10, 15, 6)).toBe('too_few');
  expect(chapmanProblem(10, 15, 7)).toBeUndefined();
});
