import type { DataCell, DataTable } from '@hengjian/contract/data-table.ts';
import { csvStream } from '#lib/csv/csv-stream.ts';
import type { Parts } from '#lib/server/parts.ts';
import { sentWorkbook } from './sent-workbook.ts';

export type TableFormat = 'csv' | 'xlsx';

/** The one way by which a table leaves as a file: the same cells in each form. */
export function tableResponse(
  { writeWorkbook }: Pick<Parts, 'writeWorkbook'>,
  format: TableFormat,
  table: DataTable,
): Response | Promise<Response> {
  return format === 'csv' ? csvOf(table) : workbookOf(writeWorkbook, table);
}

function csvOf({ name, columns, batches, notes }: DataTable): Response {
  const titles = columns.map(({ name: own, title }) => own ?? title);
  return csvStream(`${name}.csv`, titles, withNotes(batches, notes));
}

async function* withNotes(
  batches: DataTable['batches'],
  notes: DataTable['notes'],
): AsyncGenerator<readonly (readonly DataCell[])[]> {
  yield* batches;
  if (notes) yield [[], ...notes.map(({ title, text, plain }) => plain ?? [title, text])];
}

const workbookOf = async (write: Parts['writeWorkbook'], table: DataTable): Promise<Response> =>
  sentWorkbook(`${table.name}.xlsx`, await write(table));
