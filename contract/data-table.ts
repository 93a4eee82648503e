/** A table that leaves the product as a file, before it takes a form: CSV and Excel hold the same cells. */

/** In a spreadsheet `when` is a date cell (with the time, where there is one) by the legal clock; `text` is never taken for a number. */
export type ColumnKind = 'text' | 'number' | 'when';

export interface DataColumn {
  title: string;
  /** What the column is called in CSV, which programs read too; not given: as the title. */
  name?: string;
  kind: ColumnKind;
}

/** `when`: YYYY-MM-DD, or a moment as RFC 3339; without an offset it is by the legal clock already. */
export type DataCell = string | number | null | undefined;

export interface DataTable {
  /** Of the file, without what the form adds. */
  name: string;
  /** Of the sheet, in Chinese whatever the language of the headers: formulas of other workbooks name it. */
  sheet: string;
  /** Stands above the header: what the import tells some tables by. */
  title?: string;
  columns: readonly DataColumn[];
  /** So many rows at once as fit into memory. Ended early when nobody takes them any more. */
  batches: AsyncIterable<readonly (readonly DataCell[])[]> | Iterable<readonly (readonly DataCell[])[]>;
  /** What holds for the whole table, asked for once all rows are written: below it in CSV, on a sheet of its own in Excel. */
  notes?: readonly DataNote[];
}

export interface DataNote {
  title: string;
  text: string | null;
  /** What CSV says, which programs read too; not given: the same. */
  plain?: readonly [name: string, text: string | null];
}
