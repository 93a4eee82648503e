/** Errors as RFC 9457 problem details. */
import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';

export const PROBLEM_TYPE = 'application/problem+json';

const titleOf = (status: number): string => STATUS_CODES[status] ?? 'Error';

/** Bytes: to a text or an object Fastify would add a charset, which this media type does not have. */
export const problemBytes = (status: number, detail: string): Buffer =>
  Buffer.from(JSON.stringify({ type: 'about:blank', title: titleOf(status), status, detail }));

export function sendProblem(
  reply: FastifyReply,
  status: number,
  detail: string,
  retryAfterSeconds?: number,
): FastifyReply {
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="hengjian"');
  return reply.code(status).header('content-type', PROBLEM_TYPE).send(problemBytes(status, detail));
}
