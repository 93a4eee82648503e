import { accessLogStatement } from '#accounts/access-log-rows.ts';
import { accessLogName } from '#lib/downloads/access-log-table.ts';
import { engineTable } from '#lib/downloads/engine-table.ts';
import { accessLogFilter } from '#lib/server/access-log-filter.ts';
import { holdAdmin } from '#lib/server/hold-admin.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, url }) => {
  holdAdmin(locals, 'access_log', 'export');
  const asked = accessLogFilter(url);
  return engineTable({ reader: locals.parts.app }, 'parquet', accessLogStatement(asked), accessLogName(asked));
};
