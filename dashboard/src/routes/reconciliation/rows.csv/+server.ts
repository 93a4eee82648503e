import { reconciledTable } from '#lib/downloads/reconciled-table.ts';
import { tableResponse } from '#lib/downloads/table-response.ts';
import { problem } from '#lib/server/problem.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
  const table = await reconciledTable(locals, url.searchParams);
  return 'unknown' in table
    ? problem(404, 'unknown_quarter', `There are no scores for ${JSON.stringify(table.unknown)}.`)
    : tableResponse(locals.parts, 'csv', table);
};
