import type { Scope } from '@hengjian/contract/scope.ts';
import { scopeCondition } from './scope-condition.ts';
import type { Statement } from './statement.ts';

export interface FunnelRow {
  unit: string;
  unit_name: string;
  unit_name_en: string;
  ord: number;
  /** Monday of the week of the push. */
  week: string;
  /** Pushes of the cohort; the claim states add up to it. */
  pushed: number;
  claim_on_time: number;
  claim_late: number;
  /** Where the document names no deadline: claimed, and not claimed. */
  claim_done: number;
  claim_waiting: number;
  /** Not claimed, deadline not before the day one looks. */
  claim_open: number;
  claim_overdue: number;
  /** The feedback states add up to what was claimed, of rule sets without points to what was claimed and decided. */
  feedback_on_time: number;
  feedback_late: number;
  feedback_done: number;
  feedback_waiting: number;
  feedback_open: number;
  feedback_overdue: number;
}

/**
 * The way of the pushes by unit and week of the push: the cohort of the item for claims in the period (so that the figures
 * are those of the score), in the state of the period's cut-off, judged on the day `on`.
 */
export function funnel(
  scope: Scope,
  { ruleset, quarter, on, unit }: { ruleset: string; quarter: string; on: string; unit: string },
): Statement<FunnelRow> {
  const visible = scopeCondition(scope, 'funnel', { unit: 'unit', area: 'area' });
  return {
    sql: `SELECT f.unit AS unit,
       if(u.unit_name = '', f.unit, u.unit_name) AS unit_name,
       if(u.unit_name_en = '', f.unit, u.unit_name_en) AS unit_name_en,
       toUInt32(u.ord) AS ord,
       f.* EXCEPT unit
FROM (
  SELECT CAST(unit AS String) AS unit, shown_funnel.week AS week,
         toUInt32(sum(pushes)) AS pushed,
         toUInt32(sumIf(pushes, claim_state = 'on_time')) AS claim_on_time,
         toUInt32(sumIf(pushes, claim_state = 'late')) AS claim_late,
         toUInt32(sumIf(pushes, claim_state = 'done')) AS claim_done,
         toUInt32(sumIf(pushes, claim_state = 'waiting')) AS claim_waiting,
         toUInt32(sumIf(pushes, claim_state = 'undone' AND ifNull(claim_due >= {on:Date}, 1))) AS claim_open,
         toUInt32(sumIf(pushes, claim_state = 'undone' AND ifNull(claim_due < {on:Date}, 0))) AS claim_overdue,
         toUInt32(sumIf(pushes, feedback_state = 'on_time')) AS feedback_on_time,
         toUInt32(sumIf(pushes, feedback_state = 'late')) AS feedback_late,
         toUInt32(sumIf(pushes, feedback_state = 'done')) AS feedback_done,
         toUInt32(sumIf(pushes, feedback_state = 'waiting')) AS feedback_waiting,
         toUInt32(sumIf(pushes, feedback_state = 'undone' AND ifNull(feedback_due >= {on:Date}, 1))) AS feedback_open,
         toUInt32(sumIf(pushes, feedback_state = 'undone' AND ifNull(feedback_due < {on:Date}, 0))) AS feedback_overdue
  FROM shown_funnel
  WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND ({unit:String} = '' OR unit = {unit:String}) AND ${visible.sql}
  GROUP BY unit, week
) AS f
LEFT JOIN (
  SELECT CAST(unit AS String) AS unit, unit_name, unit_name_en, ord FROM shown_unit_scores WHERE ruleset = {ruleset:String} AND quarter = {quarter:String}
) AS u ON u.unit = f.unit
ORDER BY ord, unit, week`,
    params: { ...visible.params, ruleset, quarter, on, unit },
  };
}
