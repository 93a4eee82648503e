import type { Scope } from '@hengjian/contract/scope.ts';
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

interface AreaOptions {
  ruleset: string;
  quarter: string;
  measure: AreaMeasure;
}

/** Of a month of a quarter. */
export interface HeatAreaMonthly extends HeatAreaIndustry {
  quarter: string;
  /** First day of the month. */
  month: string;
}

/** The same of every period of the type of `quarter`: what the classes of a map are made of, so that they are the same in each. */
export function heatAreaSeries(scope: Scope, options: AreaOptions): Statement<HeatAreaIndustry & { quarter: string }> {
  return areaIndustry(scope, options, 'quarter');
}

/** The same by month, with what it is set against in the month: the register is that at the end of its period. */
export function heatAreaMonths(scope: Scope, options: AreaOptions): Statement<HeatAreaMonthly> {
  return areaIndustry(scope, options, 'month');
}

/** Events by area and industry section of a period, with their base. Cells without events and base are absent. */
export function heatAreaIndustry(scope: Scope, options: AreaOptions): Statement<HeatAreaIndustry> {
  return areaIndustry(scope, options, '');
}

function areaIndustry<Row>(
  scope: Scope,
  { ruleset, quarter, measure }: AreaOptions,
  by: 'quarter' | 'month' | '',
): Statement<Row> {
  // Ids of periods of a type are of one length: 2025Q2, 2025-04, 2025.
  const periods = by
    ? 'length(shown_area_months.quarter) = length({quarter:String})'
    : 'shown_area_months.quarter = {quarter:String}';
  const also = by ? 'CAST(quarter AS String) AS quarter, ' : '';
  const month = by === 'month' ? 'toString(shown_month) AS month, ' : '';
  // The register is counted once a period, in its last month: it is set against each month of it.
  const rows =
    by === 'month'
      ? `shown_area_months ARRAY JOIN if(measure = 'active', arrayMap(n -> subtractMonths(shown_area_months.month, n), range(multiIf(quarter LIKE '%Q%', 3, length(quarter) = 4, 12, 1))), [shown_area_months.month]) AS shown_month`
      : 'shown_area_months';
  const groups = [...(by ? ['quarter'] : []), ...(month ? ['month'] : []), 'area', 'industry'].join(', ');
  const visible = scopeCondition(scope, 'areas', { unit: 'unit', area: 'area' });
  // The register as a whole belongs to no unit: its counts are the same for every reader of an area.
  const stock = scopeCondition({ ...scope, units: 'all' }, 'areas', { unit: 'unit', area: 'area' });
  return {
    sql: `SELECT ${also}${month}CAST(area AS String) AS area, CAST(industry AS String) AS industry,
       toUInt32(sumIf(shown_area_months.events, measure = {counted:String})) AS events,
       toUInt32(sumIf(shown_area_months.events, measure = {against:String})) AS base
FROM ${rows}
WHERE ruleset = {ruleset:String} AND ${periods} AND measure IN ({counted:String}, {against:String})
  AND if(measure = 'active', ${stock.sql}, ${visible.sql})
GROUP BY ${groups}
ORDER BY ${groups}`,
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
