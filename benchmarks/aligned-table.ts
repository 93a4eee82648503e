/** Read by the k6 script too: nothing here may need Node. */

/**
 * An aligned table for a terminal: one row a line, two spaces between columns.
 * @param toRight columns whose cells end at the same place; by default all but the first
 */
export function alignedTable(
  rows: readonly (readonly string[])[],
  toRight: (column: number) => boolean = (column) => column > 0,
): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const aligned = (cell: string, column: number) =>
    toRight(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
  return rows.map((row) => row.map(aligned).join('  ').trimEnd()).join('\n');
}
