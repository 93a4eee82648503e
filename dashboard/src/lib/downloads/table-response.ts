import { csvTable } from '@hengjian/contract/csv-table.ts';
import type { DataTable } from '@hengjian/contract/data-table.ts';
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

function csvOf(table: DataTable): Response {
  const { head, batches } = csvTable(table);
  return csvStream(`${table.name}.csv`, head, batches);
}

const workbookOf = async (write: Parts['writeWorkbook'], table: DataTable): Promise<Response> =>
  sentWorkbook(`${table.name}.xlsx`, await write(table));
