/**
 * Area scope (contract §7): unit scores are figures of the whole city. An account that is limited to areas sees ranks and
 * totals once they are published; of the items it sees what was lost in its own areas, and nothing else.
 */
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import type { ItemScore } from './item-score.ts';
import type { Condition } from './scope-condition.ts';

/**
 * The lost rows of a quarter that a scope may see, as a condition over `shown_lost_points` with the parameters
 * `ruleset` and `quarter`: the area of a row is that of its event. Rows that name no area are seen only without area limits.
 */
export function lostRowsIn(scope: Scope): Condition {
  if (scope.areas === 'all') return { sql: '1', params: {} };
  return {
    sql: `event_id != '' AND (event_source, event_id) IN (
      SELECT CAST(source AS String), id FROM events
      WHERE has({scope_areas:Array(String)}, toString(region)) AND id IN (
        SELECT event_id FROM shown_lost_points
        WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND event_id != ''))`,
    params: { scope_areas: scope.areas },
  };
}

/** The items of each unit as far as a scope with area limits sees them, in the order of the rule set. */
export async function readAreaItems(
  warehouse: Warehouse,
  scope: Scope,
  ruleset: string,
  quarter: string,
): Promise<Map<string, ItemScore[]>> {
  const visible = lostRowsIn(scope);
  const rows = await warehouse.query<
    Pick<ItemScore, 'item' | 'weight'> & { unit: string; weight_exact: string | null; lost: number }
  >(
    `SELECT i.unit AS unit, i.item AS item, i.weight AS weight, i.weight_exact AS weight_exact, ifNull(l.lost, 0) AS lost
     FROM shown_item_scores AS i
     LEFT JOIN (
       SELECT unit, item, sum(shown_lost_points.points) AS lost FROM shown_lost_points
       WHERE ruleset = {ruleset:String} AND quarter = {quarter:String} AND ${visible.sql} GROUP BY unit, item
     ) AS l ON l.unit = i.unit AND l.item = i.item
     WHERE i.ruleset = {ruleset:String} AND i.quarter = {quarter:String} ORDER BY i.ord`,
    { ...visible.params, ruleset, quarter },
  );
  const items = new Map<string, ItemScore[]>();
  for (const { unit, item, weight, weight_exact, lost } of rows) {
    const points = weight === null ? null : weight - lost;
    const exact = weight_exact === null ? {} : { weight_exact };
    const figures = { item, weight, ...exact, points, numerator: null, denominator: null, on_time: null, badges: [] };
    items.set(unit, [...(items.get(unit) ?? []), figures]);
  }
  return items;
}
