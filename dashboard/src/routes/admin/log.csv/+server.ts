import { type AccessLogFilter, accessLogRows } from '#accounts/access-log-rows.ts';
import { csv } from '#lib/csv/csv.ts';
import { accessLogFilter } from '#lib/server/access-log-filter.ts';
import { holdAdmin } from '#lib/server/hold-admin.ts';
import type { RequestHandler } from './$types';

/** Rows that are held at once, of however many. */
const BATCH = 5_000;
const HEAD = ['at', 'account', 'method', 'path', 'route', 'status', 'duration_ms', 'address', 'request_id'] as const;

/** The access log as the page shows it, all of it, the newest first. */
export const GET: RequestHandler = ({ locals, url }) => {
  holdAdmin(locals, 'access_log', 'export');
  const { app } = locals.parts;
  let filter: AccessLogFilter | undefined = accessLogFilter(url);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(csv([HEAD]))),
    async pull(controller) {
      if (!filter) return controller.close();
      const rows = await accessLogRows(app, filter, BATCH);
      const last = rows.at(-1);
      filter = last && rows.length === BATCH ? { ...filter, before: last.cursor } : undefined;
      // The byte order mark stands once, before the first line.
      if (last) controller.enqueue(encoder.encode(csv(rows.map((row) => HEAD.map((name) => row[name]))).slice(1)));
      if (!filter) controller.close();
    },
  });
  const name = `access-log${filter.day ? `-${filter.day}` : ''}.csv`;
  return new Response(body, {
    headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${name}"` },
  });
};
