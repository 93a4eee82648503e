/** What Node and Fastify answer by themselves, before and beside the routes: problem details with a request id too. */
import { randomUUID } from 'node:crypto';
import { maxHeaderSize, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE, problemBytes, sendProblem, titleOf } from './problem.ts';

/** The last answer that was begun on a connection. */
const lastAnswers = new WeakMap<Socket, ServerResponse>();

/** Options of Fastify; `answerInProblems` belongs to them. */
export const problemOptions = {
  genReqId: () => randomUUID(),
  return503OnClosing: false,
  http: { requireHostHeader: false },
  clientErrorHandler,
  frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    begin(request, reply);
    sendProblem(reply, error.statusCode ?? 400, `No route can be looked for: ${error.message}.`);
  },
} as const;

/** Before any route and any other hook. */
export function answerInProblems(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onRequest', async (request, reply) => {
    begin(request, reply);
    if (closing) return sendProblem(reply, 503, 'This process is ending; send it again.', 1);
    if (request.headers.host === undefined && request.raw.httpVersion === '1.1')
      return sendProblem(reply, 400, 'The header Host is missing, which HTTP/1.1 requires.');
  });
  app.server.on('checkExpectation', (_request, response: ServerResponse) => {
    const body = problemBytes(417, 'Of the header Expect only 100-continue is understood.');
    const headers = { 'content-type': PROBLEM_TYPE, 'content-length': body.length, 'x-request-id': randomUUID() };
    response.writeHead(417, headers).end(body);
  });
}

function begin(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  lastAnswers.set(request.raw.socket, reply.raw);
}

/** The connection cannot go on: what came over it is no HTTP, is too long, or does not come to its end. */
function clientErrorHandler(this: FastifyInstance, error: Error & { code?: string; reason?: string }, socket: Socket) {
  if (error.code === 'ECONNRESET' || !socket.writable || !expectsAnswer(socket)) return void socket.destroy();
  const id = randomUUID();
  const [status, detail] = describe(error);
  // Not the error itself: it holds the bytes that came, and among them the key.
  this.log.debug({ code: error.code, reqId: id, status }, 'a request could not be read');
  const body = problemBytes(status, detail);
  const head = [
    `HTTP/1.1 ${status} ${titleOf(status)}`,
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${body.length}`,
    `X-Request-Id: ${id}`,
    'Connection: close',
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]), () => socket.destroy());
}

/** What is sent now must not be taken for another request's answer, nor be a second one to the same. */
function expectsAnswer(socket: Socket): boolean {
  const last = lastAnswers.get(socket);
  if (!last) return true;
  return last.req.complete ? last.writableFinished : !last.headersSent;
}

function describe({ code, reason, message }: Error & { code?: string; reason?: string }): [number, string] {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'The request did not come to its end in time; send it again.'];
    case 'HPE_HEADER_OVERFLOW':
      return [431, `The headers are longer than ${maxHeaderSize / 1024} KiB together.`];
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return [413, 'The extensions of the chunks are too long; send chunks without any.'];
    default:
      return [400, `This is not a request by HTTP/1.1: ${reason ?? message}.`];
  }
}
