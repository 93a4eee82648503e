import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { scopeCondition } from '../../queries/scope-condition.ts';
import type { Statement } from '../../queries/statement.ts';
import { industrySection } from './industry-section.ts';

/** Who may not see a single subject's tier sees no split of a cell of fewer subjects, out of which it could be read. */
export const SMALLEST_CELL = 5;

export interface RiskCell {
  month: string;
  area: string;
  /** GB/T 4754 section letter, '' where unknown. */
  industry: string;
  /** '' where the split of the cell is withheld. */
  tier: string;
  subjects: number;
}

/**
 * Subjects by area, industry section and tier at the end of each of the months (of the running month: today). The withheld cells are
 * left out of every split, so that no difference of sums gives them away.
 */
export function readRiskCells(scope: Scope, months: readonly string[]): Statement<RiskCell> {
  const seen = scopeCondition(scope, 'risk_maps', { unit: "''", area: 'area' });
  return {
    sql: `SELECT month, area, industry, if(cell < {smallest:UInt32}, '', tier) AS tier, toUInt32(sum(n)) AS subjects
FROM (
  SELECT toString(month) AS month, toString(area) AS area, ${industrySection('toString(risk_tiers.industry)')} AS industry, toString(tier) AS tier, count() AS n,
    sum(n) OVER (PARTITION BY month, area, industry) AS cell
  FROM risk_tiers
  WHERE has({months:Array(String)}, toString(month)) AND (month, build) IN (SELECT month, max(build) FROM risk_builds GROUP BY month) AND ${seen.sql}
  GROUP BY month, area, industry, tier)
GROUP BY month, area, industry, tier ORDER BY month, area, industry, tier`,
    params: { ...seen.params, months, smallest: may(scope, 'tiers') ? 0 : SMALLEST_CELL },
  };
}
