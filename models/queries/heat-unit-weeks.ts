import type { Scope } from '@hengjian/contract/scope.ts';
import type { HeatIndicator } from './heat-indicators.ts';
import type { HeatScale } from './heat-scale.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';

export interface HeatUnitWeek {
  unit: string;
  unit_name: string;
  unit_name_en: string;
  /** Place of the unit in the rule set; units outside it come last. */
  ord: number;
  indicator: string;
  /** First day of the column: Monday of the week, or of the month or quarter. */
  week: string;
  numerator: number;
  /** Null for a plain count. */
  denominator: number | null;
}

const FIRST_DAY: Readonly<Record<HeatScale, string>> = {
  week: 'toMonday(day)',
  month: 'toStartOfMonth(day)',
  quarter: 'toStartOfQuarter(day)',
};

/**
 * Figures of units × indicators by week (or month, or quarter) in periods of one type, up to the day `until` (what falls due later is
 * not yet due). Of several periods the names of units are those of the first.
 * `unit` narrows; empty means all. Area limits leave nothing: these figures belong to no area.
 */
export function heatUnitWeeks(
  scope: Scope,
  options: {
    ruleset: string;
    quarters: readonly [string, ...string[]];
    until: string;
    indicators: readonly HeatIndicator[];
    unit: string;
    scale?: HeatScale;
  },
): Statement<HeatUnitWeek> {
  const visible = scopeCondition(scope, 'unit_weeks', { unit: 'unit' });
  const wanted = options.indicators;
  return {
    sql: `WITH {numerators:Array(String)}[n] AS above, {denominators:Array(String)}[n] AS below
SELECT d.unit AS unit,
       if(u.unit_name = '', d.unit, u.unit_name) AS unit_name,
       if(u.unit_name_en = '', d.unit, u.unit_name_en) AS unit_name_en,
       toUInt32(if(u.unit_name = '', 100000, u.ord)) AS ord,
       {ids:Array(String)}[n] AS indicator,
       d.week AS week,
       toUInt32(multiIf(above = 'done', d.done, above = 'on_time', d.on_time, above = 'late', d.counted - d.on_time, d.counted)) AS numerator,
       multiIf(below = 'counted', toNullable(d.counted), below = 'done', toNullable(d.done), NULL) AS denominator
FROM (
  SELECT CAST(unit AS String) AS unit, CAST(indicator AS String) AS indicator, toDate(${FIRST_DAY[options.scale ?? 'week']}) AS week,
         toUInt32(sum(shown_unit_days.counted)) AS counted, toUInt32(sum(shown_unit_days.done)) AS done,
         toUInt32(sum(shown_unit_days.on_time)) AS on_time
  FROM shown_unit_days
  WHERE ruleset = {ruleset:String} AND has({quarters:Array(String)}, quarter) AND day <= {until:Date} AND has({sources:Array(String)}, indicator)
    AND ({unit:String} = '' OR unit = {unit:String})
    AND ${visible.sql}
  GROUP BY unit, indicator, week
) AS d
LEFT JOIN (
  SELECT CAST(unit AS String) AS unit, unit_name, unit_name_en, ord FROM shown_unit_scores WHERE ruleset = {ruleset:String} AND quarter = {quarter:String}
) AS u ON u.unit = d.unit
ARRAY JOIN arrayEnumerate({ids:Array(String)}) AS n
WHERE d.indicator = {sources:Array(String)}[n]
ORDER BY ord, unit, n, week`,
    params: {
      ...visible.params,
      ruleset: options.ruleset,
      quarters: options.quarters,
      quarter: options.quarters[0],
      until: options.until,
      unit: options.unit,
      ids: wanted.map(({ id }) => id),
      sources: wanted.map(({ from }) => from),
      numerators: wanted.map(({ numerator }) => numerator),
      denominators: wanted.map(({ denominator = '' }) => denominator),
    },
  };
}
