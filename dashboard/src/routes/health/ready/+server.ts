import { answers } from '@hengjian/warehouse';
import { problem } from '#lib/server/problem.ts';
import type { RequestHandler } from './$types';

/** Ready when the warehouse answers. */
export const GET: RequestHandler = async ({ locals }) => {
  const { reader, logger } = locals.parts;
  if (await answers(reader)) return Response.json({ status: 'ok', engine: reader.engine });
  logger.warn({}, 'not ready: the warehouse does not answer');
  return problem(503, 'Service Unavailable', 'The warehouse does not answer.', { 'retry-after': '2' });
};
