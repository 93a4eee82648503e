import type { FastifyInstance } from 'fastify';
import type { EdgeDocuments } from '../documents/edge-documents.ts';

/** The documents are open to everybody: who sends events reads them before there is a key. */
export function registerDocumentRoutes(app: FastifyInstance, { openapi, asyncapi }: EdgeDocuments): void {
  for (const [path, document] of [
    ['/v1/openapi.json', openapi],
    ['/v1/asyncapi.json', asyncapi],
  ] as const) {
    const bytes = Buffer.from(JSON.stringify(document));
    app.get(path, async (_request, reply) => reply.header('content-type', 'application/json').send(bytes));
  }
}
