/** For commands of this machine (`import`, `rejects replay`): lines of a file, with their place in it. */
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { takeLines } from '../files/take-lines.ts';
import type { EventDoor } from '../store/event-door.ts';
import { NO_REQUEST } from '../store/origin.ts';
import { takeRows } from '../tables/import/row-lines.ts';
import { hashOfKey } from './keys/ingest-key.ts';
import { sendProblem } from './problem.ts';

interface Place {
  name: string;
  line: number;
  kind: 'file' | 'replay';
  /** Set when the chunk is sent again because its answer was lost: when the import began, in µs since 1970. */
  since?: number;
}

/** How many events of these lines have been stored since that moment. */
export type CountStored = (lines: {
  kind: string;
  name: string;
  first: number;
  last: number;
  since: number;
}) => Promise<number>;

const place = {
  name: Type.String({ minLength: 1, maxLength: 4096 }),
  line: Type.Integer({ minimum: 1 }),
  kind: Type.Union([Type.Literal('file'), Type.Literal('replay')], { default: 'file' }),
  since: Type.Optional(Type.Integer({ minimum: 0 })),
};

/** A chunk of lines, and the one line that the chunk may end in. */
const MAX_LINES_BYTES = 32 * 1024 * 1024;

/** @param scope of their own: what is sent to them carries the internal key */
export function registerInternalRoutes(
  scope: FastifyInstance,
  door: EventDoor,
  internalKey: string,
  countStored?: CountStored,
): void {
  const expected = Buffer.from(hashOfKey(internalKey));
  scope.addHook('onRequest', async (request, reply) => {
    const given = Buffer.from(hashOfKey(request.headers.authorization?.replace(/^Bearer /, '') ?? ''));
    if (!timingSafeEqual(given, expected))
      return sendProblem(reply, 401, 'This route is for commands on the same machine.');
  });

  scope.post<{ Querystring: Place }>(
    '/internal/lines',
    { bodyLimit: MAX_LINES_BYTES, schema: { querystring: Type.Object(place) } },
    async ({ query: { name, line, kind, since }, body }) => {
      await comeAgain(door.room());
      const ticket = door.open({ origin: { kind, name, part: 0, request: NO_REQUEST } });
      const { lines } = takeLines(door, ticket, body as Buffer, { firstLine: line });
      const { accepted, duplicate, rejected } = await comeAgain(door.settle(ticket));
      if (since === undefined || !countStored) return { accepted, duplicate, rejected };
      // What the first attempt stored looks like a duplicate now, and is none.
      const stored = await countStored({ kind, name, first: line, last: line + lines - 1, since });
      return { accepted: stored, duplicate: accepted + duplicate - stored, rejected };
    },
  );

  scope.post<{ Querystring: Omit<Place, 'line'> }>(
    '/internal/rows',
    { bodyLimit: MAX_LINES_BYTES, schema: { querystring: Type.Omit(Type.Object(place), ['line']) } },
    async ({ query: { name, since }, body }) => {
      await comeAgain(door.room());
      const ticket = door.open({ origin: { kind: 'file', name, part: 0, request: NO_REQUEST } });
      takeRows(door, ticket, body as Buffer);
      const { accepted, duplicate, rejected } = await comeAgain(door.settle(ticket));
      return { accepted, duplicate, rejected, repeated: since !== undefined };
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
      await comeAgain(door.room());
      const ticket = door.open({ origin: { kind, name, part: 0, request: NO_REQUEST } });
      door.takeOversized(ticket, body as Buffer, size, sha256, line);
      const { accepted, duplicate, rejected } = await comeAgain(door.settle(ticket));
      return { accepted, duplicate, rejected };
    },
  );
}

/** @throws with status 503 if the events cannot be stored: the command sends them again */
async function comeAgain<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw Object.assign(error as Error, { statusCode: 503 });
  }
}
