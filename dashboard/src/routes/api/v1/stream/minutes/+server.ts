import { streamMinutes } from '@hengjian/observe/queries/stream-minutes.ts';
import { arrowResponse } from '#lib/server/arrow-response.ts';
import { problem } from '#lib/server/problem.ts';
import { isStreamRange, streamRanges } from '#lib/stream/stream-range.ts';
import type { RequestHandler } from './$types';

/** Arrivals by type as an Arrow stream: `?range=1h|24h&at=<epoch ms, the end of the period; default now>`. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const range = url.searchParams.get('range') ?? '1h';
  if (!isStreamRange(range)) {
    return problem(400, 'Bad request', `range is ${Object.keys(streamRanges).join(' or ')}, not ${range.slice(0, 20)}`);
  }
  const at = new Date(Number(url.searchParams.get('at') ?? Date.now()));
  if (Number.isNaN(at.getTime())) return problem(400, 'Bad request', 'at is a time in milliseconds since 1970');
  return arrowResponse(locals.parts.reader, streamMinutes(locals.scope, { at, ...streamRanges[range] }));
};
