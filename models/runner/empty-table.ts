import { asideName, type Warehouse } from '@hengjian/warehouse';

/** By an exchange with a table of the lease: one who lost it empties nothing (fenced-warehouse.ts). */
export async function emptyTable(warehouse: Warehouse, table: string): Promise<void> {
  const empty = asideName(warehouse, table);
  await warehouse.command(`DROP TABLE IF EXISTS ${empty} SYNC`);
  await warehouse.command(`CREATE TABLE ${empty} AS ${table}`);
  await warehouse.command(`EXCHANGE TABLES ${table} AND ${empty}`);
  await warehouse.command(`DROP TABLE ${empty} SYNC`);
}
