import type { FindingStratum } from './read-finding-strata.ts';

/**
 * Leaves out cells out of whose rates a tier could be read, for who may not see the tier of a single subject. Results are public, so
 * of a cell with a single finding everybody knows whose it was, and its weighted rate tells which weight, that is which tier, stands
 * behind it. Fewer than `smallest` visits that found something, or that found nothing, are therefore too few; none at all are not: then
 * the rate is 0 or 1 by whatever weights. Cells without inspections tell nothing and stay.
 */
export function withoutSmallCells(strata: readonly FindingStratum[], smallest: number): FindingStratum[] {
  const cells = Map.groupBy(strata, ({ area, industry }) => `${area}\t${industry}`);
  return [...cells.values()].flatMap((rows) => {
    const sum = (of: (row: FindingStratum) => number) => rows.reduce((total, row) => total + of(row), 0);
    const inspected = sum((row) => row.inspected);
    const found = sum((row) => row.found);
    const few = (visits: number) => visits > 0 && visits < smallest;
    return inspected > 0 && (inspected < smallest || few(found) || few(inspected - found)) ? [] : rows;
  });
}
