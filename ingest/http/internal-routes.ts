/** For commands of this machine (`import`, `rejects replay`): lines of a file, with their place in it. */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { takeLines } from '../file/take-lines.ts';
import { hashOfKey } from '../keys/ingest-key.ts';
import type { EventDoor } from '../sink/event-door.ts';
import { NO_REQUEST } from '../sink/origin.ts';
import { sendProblem } from './problem.ts';

interface Place {
  name: string;
  line: number;
  kind: 'file' | 'replay';
}

const place = {
  name: Type.String({ minLength: 1, maxLength: 4096 }),
  line: Type.Integer({ minimum: 1 }),
  kind: Type.Union([Type.Literal('file'), Type.Literal('replay')], { default: 'file' }),
};

/** A chunk of lines, and the one line that the chunk may end in. */
const MAX_LINES_BYTES = 32 * 1024 * 1024;

export function registerInternalRoutes(app: FastifyInstance, door: EventDoor, internalKey: string): void {
  const expected = Buffer.from(hashOfKey(internalKey));
  app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      const given = Buffer.from(hashOfKey(request.headers.authorization?.replace(/^Bearer /, '') ?? ''));
      if (!timingSafeEqual(given, expected))
        return sendProblem(reply, 401, 'This route is for commands on the same machine.');
    });

    scope.post<{ Querystring: Place }>(
      '/internal/lines',
      { bodyLimit: MAX_LINES_BYTES, schema: { querystring: Type.Object(place) } },
      async ({ query: { name, line, kind }, body }) => {
        await door.room();
        const ticket = door.open({ origin: { kind, name, part: 0, request: NO_REQUEST } });
        takeLines(door, ticket, body as Buffer, { firstLine: line });
        const { accepted, duplicate, rejected } = await door.settle(ticket);
        return { accepted, duplicate, rejected };
      },
    );

    scope.post<{ Querystring: Place & { size: number; sha256: string } }>(
      '/internal/oversized',
      {
        schema: {
          querystring: Type.Object({
            ...place,
            size: Type.Integer({ minimum: 1 }),
            sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
          }),
        },
      },
      async ({ query: { name, line, kind, size, sha256 }, body }) => {
        await door.room();
        const ticket = door.open({ origin: { kind, name, part: 0, request: NO_REQUEST } });
        door.takeOversized(ticket, body as Buffer, size, sha256, line);
        const { accepted, duplicate, rejected } = await door.settle(ticket);
        return { accepted, duplicate, rejected };
      },
    );
  });
}
