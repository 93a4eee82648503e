/** Whole tables of a period for other programs: a row an item, a row a loss. */
import { may } from '@hengjian/contract/permissions.ts';
import type { Scope } from '@hengjian/contract/scope.ts';
import { lostRowsIn } from './area-figures.ts';
import type { Statement } from './statement.ts';

/**
 * Item scores with rank and total of their unit; of units outside the scope nothing, nor for who is limited to areas,
 * since these are figures of the whole city.
 */
export function scoreTable(scope: Scope, ruleset: string, quarter: string): Statement<object> {
  const units = unitsOf(scope);
  const whole = may(scope, 'scores', 'export') && scope.areas === 'all';
  return {
    sql: `SELECT i.quarter AS quarter, i.ruleset AS ruleset, i.unit AS unit, u.unit_name AS unit_name, u.rank AS unit_rank,
        u.total AS total, u.total_exact AS total_exact, i.item AS item, i.item_name AS item_name, i.weight AS weight, i.weight_exact AS weight_exact,
        i.points AS points, i.points_exact AS points_exact, i.numerator AS numerator, i.denominator AS denominator,
        i.on_time AS on_time, i.rank AS item_rank, i.badges AS badges
      FROM shown_item_scores AS i
      INNER JOIN shown_unit_scores AS u ON u.ruleset = i.ruleset AND u.quarter = i.quarter AND u.unit = i.unit
      WHERE i.ruleset = {ruleset:String} AND i.quarter = {quarter:String} AND ${units.sql} AND {whole:Bool}
      ORDER BY u.ord, i.ord`,
    params: { ...units.params, ruleset, quarter, whole },
  };
}

/** Every row that cost points, within the units and areas of the scope. @param of only this unit, only this item; '' is all */
export function lostTable(
  scope: Scope,
  ruleset: string,
  quarter: string,
  { unit = '', item = '' }: { unit?: string; item?: string } = {},
): Statement<object> {
  const units = unitsOf(scope);
  const visible = lostRowsIn(scope);
  return {
    sql: `SELECT i.quarter AS quarter, i.ruleset AS ruleset, i.unit AS unit, u.unit_name AS unit_name, i.item AS item, i.kind AS kind, i.key AS key,
        i.subject AS subject, i.event_source AS event_source, i.event_id AS event_id, i.due AS due, i.happened AS happened,
        i.clause AS clause, i.points AS points
      FROM shown_lost_points AS i
      LEFT ANY JOIN shown_unit_scores AS u ON u.ruleset = i.ruleset AND u.quarter = i.quarter AND u.unit = i.unit
      WHERE i.ruleset = {ruleset:String} AND i.quarter = {quarter:String} AND ${units.sql} AND ${visible.sql}
        AND ({unit:String} = '' OR i.unit = {unit:String}) AND ({item:String} = '' OR i.item = {item:String}) AND {allowed:Bool}
      ORDER BY unit, item, i.ord`,
    params: {
      ...units.params,
      ...visible.params,
      ruleset,
      quarter,
      unit,
      item,
      allowed: may(scope, 'explanations', 'export'),
    },
  };
}

/** Of which units the scope sees items. */
function unitsOf(scope: Scope): { sql: string; params: Record<string, unknown> } {
  const { units } = scope;
  if (units !== 'all') return { sql: 'has({units:Array(String)}, i.unit)', params: { units } };
  return { sql: may(scope, 'every_unit') ? '1' : '0', params: {} };
}
