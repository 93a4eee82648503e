/** Batches of rows as batches of cells. */
export async function* inCells<Row, Cells>(
  batches: AsyncIterable<readonly Row[]>,
  cells: (row: Row) => Cells,
): AsyncGenerator<Cells[]> {
  for await (const batch of batches) yield batch.map(cells);
}
