import { expect, test } from 'vitest';
import type { FindingStratum } from './read-finding-strata.ts';
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
  const enough = [stratum('b', 'A', 3), stratum('b', 'D', 2, 1)];
  const none = [stratum('c', 'A', 0), stratum('c', 'D', 0)];
  expect(withoutSmallCells([...few, ...enough, ...none], 5)).toEqual([...enough, ...none]);
});
