import type { FastifyInstance, FastifyReply } from 'fastify';
import { MAX_BODY_BYTES } from './event-body.ts';
import type { OpenBytes } from './open-bytes.ts';
import { sendProblem } from './problem.ts';
import { readBody, type Unread } from './read-body.ts';

export interface BodyOptions {
  open: OpenBytes;
  /** A body of which nothing comes for so long is given up. */
  stallMs: number;
}

/**
 * The routes of this scope get the bytes of their bodies, `Content-Encoding: gzip` unpacked; which media types a route
 * takes is its own business. Bodies are read when everything in `onRequest` has let the request pass, and nowhere else.
 */
export function takeBodies(scope: FastifyInstance, { open, stallMs }: BodyOptions): void {
  // To Fastify every type is welcome, and it reads nothing.
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  scope.addHook('preValidation', async (request, reply) => {
    const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
    // RFC 9110 §8.4.1.3: recipients take x-gzip for gzip.
    const gzip = encoding === 'gzip' || encoding === 'x-gzip';
    if (encoding !== 'identity' && !gzip)
      return sendProblem(reply, 415, `Content-Encoding ${encoding} is not understood; gzip is, or none.`);
    const share = open.share(request.ingestKey?.name ?? '');
    reply.raw.once('close', share.release);
    const mostBytes = request.routeOptions.bodyLimit ?? MAX_BODY_BYTES;
    const body = await readBody(request.raw, { gzip, share, mostBytes, stallMs });
    if (!Buffer.isBuffer(body)) return refuse(reply, body, mostBytes, stallMs);
    request.body = body;
  });
}

function refuse(reply: FastifyReply, why: Unread, mostBytes: number, stallMs: number): FastifyReply {
  switch (why) {
    case 'too_large':
      return sendProblem(
        reply,
        413,
        `The body is larger than ${mostBytes / 1024 / 1024} MiB, unpacked; send fewer events at a time.`,
      );
    case 'no_room':
      return sendProblem(reply, 503, 'Too much is being sent at this moment; nothing was taken, send it again.', 1);
    case 'not_gzip':
      return sendProblem(reply, 400, 'The body is not valid gzip.');
    case 'stalled':
      return sendProblem(
        reply.header('connection', 'close'),
        408,
        `Nothing more of the body came for ${stallMs / 1000} s; nothing was taken, send it again.`,
      );
    case 'gone':
      return sendProblem(reply, 400, 'The connection ended before the body did.');
  }
}
