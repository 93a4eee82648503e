import { problem } from '#lib/server/problem.ts';
import type { RequestHandler } from './$types';

/** Ready when the warehouse answers. */
export const GET: RequestHandler = async ({ locals }) => {
  const { reader, logger } = locals.parts;
  try {
    await reader.query('SELECT 1');
    return Response.json({ status: 'ok', engine: reader.engine });
  } catch (error) {
    logger.warn({ err: error }, 'not ready');
    return problem(503, 'Service Unavailable', 'The warehouse does not answer.', { 'retry-after': '2' });
  }
};
