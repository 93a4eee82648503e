import type { Warehouse } from '@hengjian/warehouse';

/** A named query ready to run; one statement serves rows (tables, tests) and Arrow (charts). */
export interface Statement<Row> {
  sql: string;
  params: Record<string, unknown>;
  /** Never set: carries the type of a row. */
  readonly row?: Row;
}

/** The rows of a statement as objects. Dates come as text, as ClickHouse prints them. */
export function readRows<Row>(warehouse: Warehouse, statement: Statement<Row>): Promise<Row[]> {
  return warehouse.query<Row>(statement.sql, statement.params);
}

/** The same rows as an Arrow IPC stream, uncompressed. Dates become epoch milliseconds in the browser. */
export function readArrow<Row>(warehouse: Warehouse, statement: Statement<Row>): Promise<Uint8Array> {
  return warehouse.arrow(statement.sql, statement.params);
}
