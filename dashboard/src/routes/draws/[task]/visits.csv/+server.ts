import { tableResponse } from '#lib/downloads/table-response.ts';
import { visitsTable } from '#lib/downloads/visits-table.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
  tableResponse(locals.parts, 'csv', await visitsTable(locals, params.task));
