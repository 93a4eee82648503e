import { readArrow, type Statement } from '@hengjian/models/queries/statement.ts';
import type { Warehouse } from '@hengjian/warehouse';

/** The answer of a chart data route: an uncompressed Arrow IPC stream, for this reader only. */
export async function arrowResponse(reader: Warehouse, statement: Statement<unknown>): Promise<Response> {
  const bytes = await readArrow(reader, statement);
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': 'application/vnd.apache.arrow.stream' },
  });
}
