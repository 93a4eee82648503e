import { heatReaders } from './heat-unit-weeks.ts';
import type { Scope } from './scope.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';

/** What the area × industry map can show; `finding_rate` counts findings against inspection results. */
export const areaMeasures = ['registrations', 'penalties', 'findings', 'complaints', 'finding_rate'] as const;
export type AreaMeasure = (typeof areaMeasures)[number];

export interface HeatAreaIndustry {
  area: string;
  industry: string;
  /** Events in the quarter. */
  events: number;
  /** What they are set against: active subjects at the end of the quarter, or results for `finding_rate`. */
  base: number;
}

/** Events by area and industry section of a quarter, with their base. Cells without events and base are absent. */
export function heatAreaIndustry(
  scope: Scope,
  { quarter, measure }: { quarter: string; measure: AreaMeasure },
): Statement<HeatAreaIndustry> {
  const visible = scopeCondition(scope, heatReaders, { unit: 'unit', area: 'area' });
  // The register as a whole belongs to no unit: its counts are the same for every reader of an area.
  const stock = scopeCondition({ ...scope, units: 'all' }, heatReaders, { unit: 'area', area: 'area' });
  const perResult = measure === 'finding_rate';
  return {
    sql: `SELECT area, industry, toUInt32(sum(events)) AS events, toUInt32(sum(base)) AS base
FROM (
  SELECT CAST(area AS String) AS area, CAST(industry AS String) AS industry,
         if(measure = {counted:String}, serving_area_months.events, 0) AS events,
         if(measure = {against:String}, serving_area_months.events, 0) AS base
  FROM serving_area_months
  WHERE quarter = {quarter:String} AND measure IN ({counted:String}, {against:String}) AND ${visible.sql}
  UNION ALL
  SELECT CAST(area AS String), CAST(industry AS String), 0, active
  FROM serving_subject_stock
  WHERE quarter = {quarter:String} AND {against:String} = '' AND ${stock.sql}
)
GROUP BY area, industry
ORDER BY area, industry`,
    params: {
      ...visible.params,
      ...stock.params,
      quarter,
      counted: perResult ? 'findings' : measure,
      against: perResult ? 'results' : '',
    },
  };
}
