import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findingRates } from './finding-rates.ts';
import type { DrawnStratum } from './read-drawn-strata.ts';
import type { FindingStratum } from './read-finding-strata.ts';

const stratum = (tier: string, exposed: number, inspected: number, found: number, area = 'a'): FindingStratum => ({
  area,
  industry: 'H',
  tier,
  exposed,
  inspected,
  found,
});

test('hits 1/16, 3/21, 8/33, 12/30 (sampling.md §4) are 24.0 % of the inspected and half of that of the population, worked by hand', () => {
  // Subjects of the tiers by the ratios 1, 3, 10, 30 %: 1,600, 700, 330, 100.
  const rates = findingRates([
    stratum('A', 1600, 16, 1),
    stratum('B', 700, 21, 3),
    stratum('C', 330, 33, 8),
    stratum('D', 100, 30, 12),
  ]);
  const [cell] = rates.cells;
  expect(cell!.raw).toBeCloseTo(0.24, 3);
  expect(cell!.weighted).toBeCloseTo((1600 / 16 + (3 * 700) / 21 + (8 * 330) / 33 + (12 * 100) / 30) / 2730, 12);
  expect(cell!.weighted).toBeCloseTo(0.1172, 4);
  expect(rates.weights.map(({ weight }) => weight)).toEqual([100, 700 / 21, 10, 100 / 30]);
});

test('a cell without inspections has the rate of the whole; a tier that nobody inspected weighs nothing and is said', () => {
  const rates = findingRates([
    stratum('A', 100, 10, 1),
    stratum('A', 100, 10, 9, 'b'),
    stratum('A', 50, 0, 0, 'c'),
    stratum('B', 5, 0, 0),
  ]);
  expect(rates.weights[1]).toEqual({ tier: 'B', exposed: 5, inspected: 0, weight: null });
  const [a, b, c] = rates.cells;
  expect(c).toMatchObject({ raw: null, weighted: null });
  expect(c!.shrunk).toBeCloseTo(0.5, 12);
  // n = 10 each, p = 0.1 and 0.9: by hand ρ = (3.2 − ¼)/(¼(10 − 1)) → above 1, so no weight: each keeps its own.
  expect([a!.shrunk, b!.shrunk].map((value) => Number(value.toFixed(6)))).toEqual([0.1, 0.9]);
});

test('where cells differ as much as can be, one without inspections has the interval of all, and 0 of 23 is not never', () => {
  const rates = findingRates([stratum('A', 1, 0, 0, 'c'), stratum('A', 25, 8, 4, 'd'), stratum('A', 70, 23, 0, 'e')]);
  const [none, , never] = rates.cells;
  // 4 of 31, Wilson: 0.0513 … 0.2885; 0 of 23: 0 … 0.1431.
  expect(none!.shrunk).toBeCloseTo(4 / 31, 12);
  expect([none!.lower, none!.upper].map((value) => value.toFixed(4))).toEqual(['0.0513', '0.2885']);
  expect([never!.shrunk, never!.lower]).toEqual([0, 0]);
  expect(never!.upper).toBeCloseTo(0.1431, 4);
});

test('the interval holds the mean also where the posterior is nearly a point', () => {
  const rates = findingRates([
    ...[stratum('A', 23, 7, 0), stratum('C', 118, 39, 6, 'c')],
    ...[stratum('C', 7, 2, 2, 'b'), stratum('A', 52, 17, 0, 'c')],
  ]);
  for (const { lower, shrunk, upper } of rates.cells) expect(lower <= shrunk && shrunk <= upper).toBe(true);
});

test('cells that differ no more than chance have one rate with the interval of all; no inspections, no rate', () => {
  const rates = findingRates([stratum('A', 100, 10, 2), stratum('A', 100, 10, 2, 'b')]);
  expect(rates.cells.map(({ shrunk }) => shrunk)).toEqual([0.2, 0.2]);
  // Wilson, 4 of 20: 0.0807 … 0.4160.
  expect(rates.cells[0]!.lower).toBeCloseTo(0.0807, 4);
  expect(rates.cells[0]!.upper).toBeCloseTo(0.416, 4);
  expect(findingRates([stratum('A', 100, 0, 0)])).toMatchObject({ overall: undefined, cells: [] });
  expect(findingRates([])).toEqual({ weights: [], overall: undefined, cells: [] });
});

test('what is shrunk lies between the cell and the whole, inside its interval', () => {
  const row = fc
    .tuple(fc.constantFrom('A', 'B', 'C'), fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(40))
    .chain(([tier, area, inspected]) =>
      fc.nat(inspected).map((found) => stratum(tier, inspected * 3 + 1, inspected, found, area)),
    );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
      for (const cell of findingRates(rows).cells) {
        expect(cell.lower).toBeLessThanOrEqual(cell.shrunk + 1e-9);
        expect(cell.upper).toBeGreaterThanOrEqual(cell.shrunk - 1e-9);
        expect(cell.effective).toBeLessThanOrEqual(cell.inspected + 1e-9);
      }
    }),
  );
});

const drawnPart = (tier: string, pi: number, inspected: number, found: number, task = 'T'): DrawnStratum => ({
  ...{ area: 'a', industry: 'H', tier, task, pi, inspected, found },
});

test('visits of a draw are weighted by the probabilities of its record, the others as realised; both are counted, by hand', () => {
  // Realised: A 100 / 10 = 10, D 40 / 10 = 4. The draw: π of A 1/20, of D 1/2, so 20 and 2, together 5 · 20 + 5 · 2 = 110 where the
  // realised weights of the same ten are 5 · 10 + 5 · 4 = 70: each 7/11 of its 1/π.
  const strata = [stratum('A', 100, 10, 2), stratum('D', 40, 10, 6)];
  const rates = findingRates(strata, [drawnPart('A', 1 / 20, 5, 1), drawnPart('D', 1 / 2, 5, 4)]);
  const [a, d] = [(20 * 7) / 11, (2 * 7) / 11];
  expect(rates.cells[0]!.weighted).toBeCloseTo((a * 1 + d * 4 + 10 * 1 + 4 * 2) / 140, 12);
  expect(rates.overall).toMatchObject({ inspected: 20, drawn: 10, found: 8 });
  expect(rates.cells[0]!.weighted).not.toBeCloseTo(findingRates(strata).cells[0]!.weighted!, 3);
  expect(findingRates(strata).overall!.drawn).toBe(0);
});

test('where all visits are of one draw the rate is that of its exact probabilities alone', () => {
  const strata = [stratum('A', 1600, 16, 1), stratum('D', 90, 30, 12)];
  const [cell] = findingRates(strata, [drawnPart('A', 1 / 50, 16, 1), drawnPart('D', 3 / 10, 30, 12)]).cells;
  expect(cell!.weighted).toBeCloseTo((50 * 1 + (12 * 10) / 3) / (50 * 16 + (30 * 10) / 3), 12);
});

test('visits of a cell that is not shown move nothing', () => {
  const strata = [stratum('A', 100, 10, 2), stratum('D', 40, 10, 6)];
  const hidden: DrawnStratum = { ...drawnPart('D', 1 / 2, 2, 2), area: 'z' };
  expect(findingRates(strata, [hidden])).toEqual(findingRates(strata));
});
