import type { Warehouse } from '@hengjian/warehouse';
import { linesOf } from '@hengjian/warehouse/lines-of.ts';

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

/** The same rows, `size` at a time, as they are taken: for lists of any length. Who stops early ends the query. */
export async function* readBatches<Row>(
  warehouse: Warehouse,
  { sql, params }: Statement<Row>,
  size: number,
): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const line of linesOf(await warehouse.stream(`${sql}\nFORMAT JSONEachRow`, params))) {
    batch.push(JSON.parse(line) as Row);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The same rows as an Arrow IPC stream, uncompressed. Dates become epoch milliseconds in the browser. */
export function readArrow<Row>(warehouse: Warehouse, statement: Statement<Row>): Promise<Uint8Array> {
  return warehouse.arrow(statement.sql, statement.params);
}
