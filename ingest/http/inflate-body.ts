import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { sendProblem } from './problem.ts';

/** `Content-Encoding: gzip` is unpacked on the way; Fastify's body limit counts what comes out. */
export async function inflateBody(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: RequestPayload,
): Promise<RequestPayload> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || reply.sent) return payload;
  if (encoding !== 'gzip') {
    sendProblem(reply, 415, `Content-Encoding ${encoding} is not understood; gzip is, or none.`);
    return payload;
  }
  // The length of the request is that of the packed body.
  delete request.headers['content-length'];
  const gunzip = createGunzip();
  gunzip.on('error', (error) => Object.assign(error, { statusCode: 400, message: 'The body is not valid gzip.' }));
  (payload as unknown as Readable).on('error', (error) => gunzip.destroy(error));
  return (payload as unknown as Readable).pipe(gunzip) as RequestPayload;
}
