import { accessLogTable } from '#lib/downloads/access-log-table.ts';
import { tableResponse } from '#lib/downloads/table-response.ts';
import { accessLogFilter } from '#lib/server/access-log-filter.ts';
import { holdAdmin } from '#lib/server/hold-admin.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, url }) => {
  holdAdmin(locals, 'access_log', 'export');
  const { locale, parts } = locals;
  return tableResponse(parts, 'xlsx', accessLogTable(locale, parts.app, accessLogFilter(url)));
};
