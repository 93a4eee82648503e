import { roundExact } from '@hengjian/contract/round-exact.ts';
import type { FindingRates } from './finding-rates.ts';

export const wholePercent = (share: number): number => Number(roundExact(share));

/**
 * Weighted rates in whole percent, for who may not see the tier of a single subject: what one more visit moves in the digits behind is
 * its weight, which names its tier. Shares of what was inspected are of public results and stay as they are.
 */
export function roundedRates({ weights: _, overall, cells }: FindingRates): FindingRates {
  return {
    weights: [],
    overall: overall && { ...overall, weighted: wholePercent(overall.weighted) },
    cells: cells.map((cell) => ({
      ...cell,
      weighted: cell.weighted === null ? null : wholePercent(cell.weighted),
      shrunk: wholePercent(cell.shrunk),
      lower: wholePercent(cell.lower),
      upper: wholePercent(cell.upper),
    })),
  };
}
