/** What counts against a unit in a draft and can still be done, with what it costs as long as it is not. */
import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { scopeCondition } from './scope-condition.ts';

export interface OpenRow {
  quarter: string;
  unit: string;
  item: string;
  item_name: string;
  item_name_en: string;
  kind: string;
  key: string;
  subject: string;
  /** YYYY-MM-DD; null where the document names no day. */
  due: string | null;
  clause: string;
  /** Points it costs now, spread evenly over the rows of a cause; null in a rule set of rates. */
  points: number | null;
}

/** Nothing that a unit does later changes these: the day is over, or somebody else decides. */
const OVER = ['missed_login_day', 'absent', 'mark_below_full', 'standard_failed'];

/** By due day, rows without one last. @param quarters drafts whose cut-off has not passed */
export async function readOpenRows(
  warehouse: Warehouse,
  scope: Scope,
  ruleset: string,
  quarters: readonly string[],
  limit: number,
): Promise<{ rows: OpenRow[]; total: number }> {
  if (quarters.length === 0) return { rows: [], total: 0 };
  const visible = scopeCondition(scope, 'desk', { unit: 'l.unit' });
  const rows = await warehouse.query<OpenRow & { total: number }>(
    `SELECT l.quarter AS quarter, l.unit AS unit, l.item AS item, s.item_name AS item_name, s.item_name_en AS item_name_en, l.kind AS kind,
       l.key AS key, l.subject AS subject, toString(l.due) AS due, l.clause AS clause, l.points AS points, count() OVER () AS total
     FROM shown_lost_points AS l
     INNER JOIN shown_item_scores AS s ON s.ruleset = l.ruleset AND s.quarter = l.quarter AND s.unit = l.unit AND s.item = l.item
     WHERE l.ruleset = {ruleset:String} AND l.quarter IN {quarters:Array(String)} AND l.happened IS NULL AND NOT has({over:Array(String)}, toString(l.kind)) AND ${visible.sql}
     ORDER BY l.due IS NULL, l.due, l.points DESC, l.key LIMIT {limit:UInt32}`,
    { ...visible.params, ruleset, quarters, over: OVER, limit },
  );
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
