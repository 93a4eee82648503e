import type { Scope } from '@hengjian/contract/scope.ts';
import { scopeCondition } from '../../queries/scope-condition.ts';
import type { Statement } from '../../queries/statement.ts';
import { industrySection } from './industry-section.ts';

export interface FindingStratum {
  area: string;
  /** GB/T 4754 section letter, '' where unknown. */
  industry: string;
  /** Of the subjects at the end of the month before the inspection. */
  tier: string;
  /** Subjects in the register at the end of the months before, summed over the months: what could have been inspected. */
  exposed: number;
  /** Inspections with a result, and how many found something. */
  inspected: number;
  found: number;
}

/**
 * Inspections of the months by area, industry section and the tier that stood before, beside the subjects that stood there. Whole
 * district and all tiers: it is no answer for a reader but what rates are made of (`finding-rates.ts`).
 *
 * @param pairs of a month and the one before it, both built
 */
export function readFindingStrata(
  scope: Scope,
  pairs: readonly { month: string; before: string }[],
): Statement<FindingStratum> {
  const seen = scopeCondition(scope, 'risk_maps', { unit: "''", area: 'area' });
  const live = '(month, build) IN (SELECT month, max(build) FROM risk_builds GROUP BY month)';
  return {
    sql: `SELECT area, industry, tier, toUInt64(sum(stood)) AS exposed, toUInt32(sum(inspections)) AS inspected, toUInt32(sum(findings)) AS found
FROM (
  SELECT toString(t.area) AS area, ${industrySection('toString(t.industry)')} AS industry, toString(t.tier) AS tier, count() AS stood,
    sum(i.n) AS inspections, sum(i.found) AS findings
  FROM (
    SELECT transform(toString(month), {before:Array(String)}, {months:Array(String)}, '') AS next_month, subject, area, industry, tier
    FROM risk_tiers WHERE has({before:Array(String)}, toString(month)) AND ${live} AND ${seen.sql}) AS t
  LEFT JOIN (
    SELECT toString(month) AS in_month, subject, count() AS n, sum(found) AS found
    FROM risk_inspections WHERE has({months:Array(String)}, toString(month)) AND ${live} GROUP BY in_month, subject) AS i
  ON i.subject = t.subject AND i.in_month = t.next_month
  GROUP BY area, industry, tier)
GROUP BY area, industry, tier ORDER BY area, industry, tier`,
    params: {
      ...seen.params,
      months: pairs.map(({ month }) => month),
      before: pairs.map(({ before }) => before),
    },
  };
}
