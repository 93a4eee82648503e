import type { DataCell, DataTable } from './data-table.ts';

type Rows = readonly (readonly DataCell[])[];

/** A table as rows of CSV: what stands above the header, the header, the rows as they come, and the notes behind a blank line. */
export function csvTable(table: DataTable): { head: readonly string[]; batches: AsyncGenerator<Rows> } {
  const titles = table.columns.map(({ name, title }) => name ?? title);
  return table.title === undefined
    ? { head: titles, batches: rowsOf(table, []) }
    : { head: [table.title], batches: rowsOf(table, [titles]) };
}

async function* rowsOf(table: DataTable, above: Rows): AsyncGenerator<Rows> {
  if (above.length > 0) yield above;
  yield* table.batches;
  // Asked for once all rows are written.
  const { notes } = table;
  if (notes) yield [[], ...notes.map(({ title, text, plain }) => plain ?? [title, text])];
}
