import { streamMinutes } from '@hengjian/observe/queries/stream-minutes.ts';
import { arrowResponse } from '#lib/server/arrow-response.ts';
import { type StreamRange, streamRanges } from '#lib/stream/stream-range.ts';
import type { RequestHandler } from './$types';

/** Arrivals by type as an Arrow stream: `?range=1h|24h&at=<epoch ms, the end of the period; default now>`. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const range = (url.searchParams.get('range') || '1h') as StreamRange;
  const at = new Date(Number(url.searchParams.get('at') || Date.now()));
  return arrowResponse(locals.parts.reader, streamMinutes(locals.scope, { at, ...streamRanges[range] }));
};
