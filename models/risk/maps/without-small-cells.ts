import type { FindingStratum } from './read-finding-strata.ts';

/**
 * Leaves out cells in which fewer than `smallest` were inspected, for who may not see the tier of a single subject: raw beside
 * weighted rate tells of a few visits which tier was found wanting. Cells without inspections tell nothing and stay.
 */
export function withoutSmallCells(strata: readonly FindingStratum[], smallest: number): FindingStratum[] {
  const cells = Map.groupBy(strata, ({ area, industry }) => `${area}\t${industry}`);
  return [...cells.values()].flatMap((rows) => {
    const inspected = rows.reduce((sum, row) => sum + row.inspected, 0);
    return inspected === 0 || inspected >= smallest ? rows : [];
  });
}
