import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findingRates } from './finding-rates.ts';
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
