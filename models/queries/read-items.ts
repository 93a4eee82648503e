import type { Scope } from '@hengjian/contract/scope.ts';
import type { Warehouse } from '@hengjian/warehouse';
import { listPeriods } from './list-quarters.ts';

export interface ItemEntry {
  item: string;
  name: string;
  name_en: string;
  /** Before reallocation; null in a rule set of rates. */
  weight: number | null;
  /** The literal rule, quoted. */
  rule: string;
  clause: string;
}

/** The items of the rule set text that a quarter was scored with, in its order; none outside the scope's quarters. */
export async function readItems(
  warehouse: Warehouse,
  scope: Scope,
  ruleset: string,
  quarter: string,
): Promise<ItemEntry[]> {
  const entry = (await listPeriods(warehouse, scope, ruleset)).find((candidate) => candidate.quarter === quarter);
  if (!entry) return [];
  const rows = await warehouse.query<Omit<ItemEntry, 'rule'>>(
    `SELECT item, item_name AS name, item_name_en AS name_en, if(i.weight = 0 AND NOT scored, NULL, toNullable(toFloat64(i.weight))) AS weight, clause
     FROM (SELECT *, max(weight) OVER () > 0 AS scored FROM ruleset_items WHERE seed = {hash:String}) AS i WHERE seed = {hash:String} AND switched_on ORDER BY ord`,
    { hash: entry.ruleset.hash },
  );
  return rows.map((row) => ({ ...row, rule: /“.*”/s.exec(row.clause)?.[0] ?? '' }));
}
