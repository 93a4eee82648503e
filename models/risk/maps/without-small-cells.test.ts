import { expect, test } from 'vitest';
import { findingRates } from './finding-rates.ts';
import type { FindingStratum } from './read-finding-strata.ts';
import { roundedRates } from './rounded-rates.ts';
import { withoutSmallCells } from './without-small-cells.ts';

const stratum = (area: string, tier: string, inspected: number, found = 0): FindingStratum => ({
  area,
  industry: 'H',
  tier,
  exposed: 50,
  inspected,
  found,
});

test('a cell with few inspections over all its tiers is left out; one with enough, or with none, stays whole', () => {
  const few = [stratum('a', 'A', 3), stratum('a', 'D', 1, 1)];
  const enough = [stratum('b', 'A', 6, 3), stratum('b', 'D', 6, 3)];
  const none = [stratum('c', 'A', 0), stratum('c', 'D', 0)];
  expect(withoutSmallCells([...few, ...enough, ...none], 5)).toEqual([...enough, ...none]);
});

test('few that found something, or few that found nothing, are too few among however many; none of either are not', () => {
  const oneFound = [stratum('a', 'A', 40), stratum('a', 'D', 20, 1)];
  const fourClean = [stratum('b', 'A', 40, 36), stratum('b', 'D', 20, 20)];
  const neverFound = [stratum('c', 'A', 40), stratum('c', 'D', 20)];
  const allFound = [stratum('d', 'A', 4, 4), stratum('d', 'D', 2, 2)];
  expect(withoutSmallCells([...oneFound, ...fourClean, ...neverFound, ...allFound], 5)).toEqual([
    ...neverFound,
    ...allFound,
  ]);
});

test('whose tier the one finding of a cell has makes no difference in what stays', () => {
  const others = [stratum('b', 'A', 30, 9), stratum('b', 'D', 12, 6)];
  const shownWith = (tier: 'A' | 'D') => {
    const rows = [stratum('a', 'A', 20, Number(tier === 'A')), stratum('a', 'D', 10, Number(tier === 'D')), ...others];
    return roundedRates(findingRates(withoutSmallCells(rows, 5)));
  };
  expect(shownWith('A')).toEqual(shownWith('D'));
});

test('weighted rates are in whole percent, without the weights; shares of the inspected stay', () => {
  const rates = roundedRates(findingRates([stratum('a', 'A', 30, 9), stratum('a', 'D', 12, 6)]));
  expect(rates.weights).toEqual([]);
  const [cell] = rates.cells;
  for (const rate of [cell!.weighted!, cell!.shrunk, cell!.lower, cell!.upper, rates.overall!.weighted])
    expect(rate).toBe(Number(rate.toFixed(2)));
  expect(cell!.raw).toBe(15 / 42);
});
