import type { Warehouse } from '@hengjian/warehouse';

/** What a unit stands for in a district: a county (its regions are administrative codes), a park (codes of the office's own), or a department. */
export type UnitKind = 'county' | 'park' | 'department';

/** Kind of each unit of a rule set text that has regions. No figure of anybody, so without scope. @param hash of the rule set text */
export async function readUnitKinds(warehouse: Warehouse, hash: string): Promise<Map<string, UnitKind>> {
  const rows = await warehouse.query<{ unit: string; digits: number }>(
    `SELECT unit, min(match(region, '^[0-9]+$')) AS digits FROM ruleset_regions WHERE seed = {hash:String} GROUP BY unit`,
    { hash },
  );
  return new Map(rows.map(({ unit, digits }) => [unit, digits ? 'county' : 'park']));
}
