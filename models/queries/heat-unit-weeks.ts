import type { Role, Scope } from './scope.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';

/** Contract §4: heat maps are for these; `admin` and `inspector` see no scores. */
export const heatReaders: readonly Role[] = ['office', 'leader', 'unit', 'auditor'];

export interface HeatUnitWeek {
  unit: string;
  unit_name: string;
  unit_name_en: string;
  /** Place of the unit in the rule set; units outside it come last. */
  ord: number;
  /** As in `serving_unit_days`. */
  indicator: string;
  /** Monday of the week. */
  week: string;
  counted: number;
  done: number;
  on_time: number;
}

/**
 * Weekly figures of units × indicators in a quarter, up to the day `until` (what falls due later is not yet due).
 * `indicators` and `unit` narrow; empty means all. Area limits leave nothing: these figures belong to no area.
 */
export function heatUnitWeeks(
  scope: Scope,
  { quarter, until, indicators, unit }: { quarter: string; until: string; indicators: readonly string[]; unit: string },
): Statement<HeatUnitWeek> {
  const visible = scopeCondition(scope, heatReaders, { unit: 'unit' });
  return {
    sql: `SELECT d.unit AS unit,
       if(u.unit_name = '', d.unit, u.unit_name) AS unit_name,
       if(u.unit_name_en = '', d.unit, u.unit_name_en) AS unit_name_en,
       toUInt32(if(u.unit_name = '', 100000, u.ord)) AS ord,
       d.indicator AS indicator, d.week AS week, d.counted AS counted, d.done AS done, d.on_time AS on_time
FROM (
  SELECT CAST(unit AS String) AS unit, CAST(indicator AS String) AS indicator, toDate(toMonday(day)) AS week,
         toUInt32(sum(serving_unit_days.counted)) AS counted, toUInt32(sum(serving_unit_days.done)) AS done,
         toUInt32(sum(serving_unit_days.on_time)) AS on_time
  FROM serving_unit_days
  WHERE quarter = {quarter:String} AND day <= {until:Date}
    AND (empty({indicators:Array(String)}) OR has({indicators:Array(String)}, indicator))
    AND ({unit:String} = '' OR unit = {unit:String})
    AND ${visible.sql}
  GROUP BY unit, indicator, week
) AS d
LEFT JOIN (
  SELECT CAST(unit AS String) AS unit, unit_name, unit_name_en, ord FROM mart_unit_scores WHERE quarter = {quarter:String}
) AS u ON u.unit = d.unit
ORDER BY ord, unit, indicator, week`,
    params: { ...visible.params, quarter, until, indicators, unit },
  };
}
