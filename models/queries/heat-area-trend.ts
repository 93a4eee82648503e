import type { Scope } from '@hengjian/contract/scope.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';

export interface HeatAreaMonth {
  /** First day of the month. */
  month: string;
  /** registrations, penalties, results, findings or complaints. */
  measure: string;
  events: number;
}

/**
 * Months of one area and industry section over all quarters: how a cell of the map came about. A rule set
 * that keeps months or years has the same events in these once more.
 */
export function heatAreaTrend(
  scope: Scope,
  { ruleset, area, industry }: { ruleset: string; area: string; industry: string },
): Statement<HeatAreaMonth> {
  const visible = scopeCondition(scope, 'areas', { unit: 'unit', area: 'area' });
  return {
    sql: `SELECT month, CAST(measure AS String) AS measure, toUInt32(sum(shown_area_months.events)) AS events
FROM shown_area_months
WHERE ruleset = {ruleset:String} AND match(shown_area_months.quarter, 'Q') AND area = {area:String} AND industry = {industry:String} AND measure != 'active' AND ${visible.sql}
GROUP BY month, measure
ORDER BY month, measure`,
    params: { ...visible.params, ruleset, area, industry },
  };
}
