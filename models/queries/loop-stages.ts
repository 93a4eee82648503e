import type { Scope } from '@hengjian/contract/scope.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';

export interface LoopRow {
  unit: string;
  unit_name: string;
  unit_name_en: string;
  ord: number;
  item: string;
  /** Whether the document asks for a receipt before the case is applied. */
  stages: 'receipt' | 'loop';
  /** Cases × units concerned: N of the item. */
  cases: number;
  /** Of these; equal to `cases` where no receipt is asked for. */
  received: number;
  /** Of the received. */
  applied: number;
  /** Of the applied. */
  fed_back: number;
}

/**
 * Joint punishment as a funnel by unit: of the cases that the item counts in the period, how many took each step and all before it, by the
 * cut-off. Area limits leave nothing: a case concerns units, not areas.
 */
export function loopStages(
  scope: Scope,
  { ruleset, quarter }: { ruleset: string; quarter: string },
): Statement<LoopRow> {
  const visible = scopeCondition(scope, 'unit_weeks', { unit: 'unit' });
  return {
    sql: `SELECT l.unit AS unit, if(u.unit_name = '', l.unit, u.unit_name) AS unit_name, if(u.unit_name_en = '', l.unit, u.unit_name_en) AS unit_name_en,
  toUInt32(if(u.unit_name = '', 100000, u.ord)) AS ord, l.item AS item, l.stages AS stages, l.all_cases AS cases, l.all_received AS received,
  l.all_applied AS applied, l.all_fed_back AS fed_back
FROM (
  SELECT CAST(unit AS String) AS unit, CAST(item AS String) AS item, CAST(any(shown_loop.stages) AS String) AS stages,
    toUInt32(sum(cases)) AS all_cases,
    toUInt32(sumIf(cases, received OR shown_loop.stages = 'loop')) AS all_received,
    toUInt32(sumIf(cases, (received OR shown_loop.stages = 'loop') AND applied)) AS all_applied,
    toUInt32(sumIf(cases, (received OR shown_loop.stages = 'loop') AND applied AND fed_back)) AS all_fed_back
  FROM shown_loop
  WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND ${visible.sql}
  GROUP BY unit, item
) AS l
LEFT JOIN (
  SELECT CAST(unit AS String) AS unit, unit_name, unit_name_en, ord FROM shown_unit_scores WHERE ruleset = {ruleset:String} AND quarter = {quarter:String}
) AS u ON u.unit = l.unit
ORDER BY item, ord, unit`,
    params: { ...visible.params, ruleset, quarter },
  };
}
