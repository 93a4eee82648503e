/** What Node and Fastify answer by themselves, before and beside the routes: problem details with a request id too. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { answerUnreadable, beginAnswer, type UnreadableFault } from '@hengjian/contract/unreadable-request.ts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_TYPE, problemBytes, sendProblem } from './problem.ts';

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
  beginAnswer(reply.raw);
}

/** The connection cannot go on: what came over it is no HTTP, is too long, or does not come to its end. */
function clientErrorHandler(this: FastifyInstance, error: UnreadableFault, socket: Socket) {
  const id = randomUUID();
  const status = answerUnreadable(error, socket, { 'x-request-id': id });
  // Not the error itself: it holds the bytes that came, and among them the key.
  if (status) this.log.debug({ code: error.code, reqId: id, status }, 'a request could not be read');
}
