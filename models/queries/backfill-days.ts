import type { Scope } from '@hengjian/contract/scope.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';

export interface BackfillDay {
  unit: string;
  unit_name: string;
  unit_name_en: string;
  ord: number;
  item: string;
  /** YYYY-MM-DD: last day in time; null where the document sets none. */
  due: string | null;
  /** YYYY-MM-DD of the first entry; null for what was not entered by the cut-off. */
  entered_on: string | null;
  /** Records of the stock. */
  records: number;
}

/** The stock of old records as of the period's cut-off, by unit and day of entry. Area limits leave nothing: the stock belongs to units. */
export function backfillDays(
  scope: Scope,
  { ruleset, quarter }: { ruleset: string; quarter: string },
): Statement<BackfillDay> {
  const visible = scopeCondition(scope, 'unit_weeks', { unit: 'unit' });
  return {
    sql: `SELECT b.unit AS unit, if(u.unit_name = '', b.unit, u.unit_name) AS unit_name, if(u.unit_name_en = '', b.unit, u.unit_name_en) AS unit_name_en,
  toUInt32(if(u.unit_name = '', 100000, u.ord)) AS ord, b.item AS item, toString(b.due) AS due, toString(b.entered_on) AS entered_on, b.records AS records
FROM (
  SELECT CAST(unit AS String) AS unit, CAST(item AS String) AS item, due, entered_on, toUInt32(sum(shown_backfill.records)) AS records
  FROM shown_backfill
  WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND ${visible.sql}
  GROUP BY unit, item, due, entered_on
) AS b
LEFT JOIN (
  SELECT CAST(unit AS String) AS unit, unit_name, unit_name_en, ord FROM shown_unit_scores WHERE ruleset = {ruleset:String} AND quarter = {quarter:String}
) AS u ON u.unit = b.unit
ORDER BY item, ord, unit, entered_on`,
    params: { ...visible.params, ruleset, quarter },
  };
}
