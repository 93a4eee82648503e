import type { Scope } from '@hengjian/contract/scope.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';

/** What the area × industry map can show; `finding_rate` counts findings against inspection results. */
export const areaMeasures = ['registrations', 'penalties', 'findings', 'complaints', 'finding_rate'] as const;
export type AreaMeasure = (typeof areaMeasures)[number];

export interface HeatAreaIndustry {
  area: string;
  industry: string;
  /** Events in the period. */
  events: number;
  /** What they are set against: active subjects at the end of the period, or results for `finding_rate`. */
  base: number;
}

/** The same of every period of the type of `quarter`: what the classes of a map are made of, so that they are the same in each. */
export function heatAreaSeries(
  scope: Scope,
  options: { ruleset: string; quarter: string; measure: AreaMeasure },
): Statement<HeatAreaIndustry & { quarter: string }> {
  return areaIndustry(scope, options, 'quarter');
}

/** Events by area and industry section of a period, with their base. Cells without events and base are absent. */
export function heatAreaIndustry(
  scope: Scope,
  { ruleset, quarter, measure }: { ruleset: string; quarter: string; measure: AreaMeasure },
): Statement<HeatAreaIndustry> {
  return areaIndustry(scope, { ruleset, quarter, measure }, '');
}

function areaIndustry<Row>(
  scope: Scope,
  { ruleset, quarter, measure }: { ruleset: string; quarter: string; measure: AreaMeasure },
  by: 'quarter' | '',
): Statement<Row> {
  // Ids of periods of a type are of one length: 2025Q2, 2025-04, 2025.
  const periods = by
    ? 'length(shown_area_months.quarter) = length({quarter:String})'
    : 'shown_area_months.quarter = {quarter:String}';
  const also = by ? `CAST(${by} AS String) AS ${by}, ` : '';
  const visible = scopeCondition(scope, 'areas', { unit: 'unit', area: 'area' });
  // The register as a whole belongs to no unit: its counts are the same for every reader of an area.
  const stock = scopeCondition({ ...scope, units: 'all' }, 'areas', { unit: 'unit', area: 'area' });
  return {
    sql: `SELECT ${also}CAST(area AS String) AS area, CAST(industry AS String) AS industry,
       toUInt32(sumIf(shown_area_months.events, measure = {counted:String})) AS events,
       toUInt32(sumIf(shown_area_months.events, measure = {against:String})) AS base
FROM shown_area_months
WHERE ruleset = {ruleset:String} AND ${periods} AND measure IN ({counted:String}, {against:String})
  AND if(measure = 'active', ${stock.sql}, ${visible.sql})
GROUP BY ${by ? `${by}, ` : ''}area, industry
ORDER BY ${by ? `${by}, ` : ''}area, industry`,
    params: {
      ...visible.params,
      ...stock.params,
      ruleset,
      quarter,
      counted: measure === 'finding_rate' ? 'findings' : measure,
      against: measure === 'finding_rate' ? 'results' : 'active',
    },
  };
}
