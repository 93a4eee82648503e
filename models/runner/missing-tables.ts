import type { Warehouse } from '@hengjian/warehouse';

/** Those of `tables` that the warehouse does not have, by one statement. */
export async function missingTables(warehouse: Warehouse, tables: readonly string[]): Promise<Set<string>> {
  const rows = await warehouse.query<{ name: string }>(
    'SELECT name FROM system.tables WHERE database = currentDatabase() AND name IN {tables:Array(String)}',
    { tables },
  );
  const missing = new Set(tables);
  for (const { name } of rows) missing.delete(name);
  return missing;
}
