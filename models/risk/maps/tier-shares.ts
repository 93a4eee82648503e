/** How many of the subjects of an area, or of an area and industry, stand in some tiers. */
import type { RiskCell } from './read-risk-cells.ts';

export interface TierShare {
  month: string;
  area: string;
  /** '' also where all industries of the area are taken together. */
  industry: string;
  /** Subjects whose tier may be counted. */
  subjects: number;
  /** Those in the tiers asked for, and their share; null where nothing may be counted. */
  counted: number;
  share: number | null;
  /** Subjects of cells that are too small to be split, which stand in neither number. */
  withheld: number;
}

/** @param by one row for each month and area, or for each month, area and industry section */
export function tierShares(cells: readonly RiskCell[], tiers: readonly string[], by: 'area' | 'cell'): TierShare[] {
  const groups = Map.groupBy(cells, ({ month, area, industry }) =>
    [month, area, by === 'cell' ? industry : ''].join('\t'),
  );
  return [...groups.values()].map((rows) => {
    const sum = (of: (cell: RiskCell) => boolean) =>
      rows.reduce((total, cell) => total + (of(cell) ? cell.subjects : 0), 0);
    const subjects = sum(({ tier }) => tier !== '');
    const counted = sum(({ tier }) => tiers.includes(tier));
    const { month, area, industry } = rows[0]!;
    const share = subjects > 0 ? counted / subjects : null;
    return {
      month,
      area,
      industry: by === 'cell' ? industry : '',
      subjects,
      counted,
      share,
      withheld: sum(({ tier }) => tier === ''),
    };
  });
}
