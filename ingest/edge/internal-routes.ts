/**
 * For commands and parts of this machine: lines of a file with their place in it, events of forms and jobs. Who holds the
 * internal key holds the data directory, so these routes believe which rights are asked for.
 */
import { timingSafeEqual } from 'node:crypto';
import type { EventWriter, Submission } from '@hengjian/contract/event-writer.ts';
import { fullRights } from '@hengjian/contract/write-rights.ts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { takeLines } from '../files/take-lines.ts';
import { NO_REQUEST } from '../store/origin.ts';
import { rowsIn } from '../tables/import/placed-rows.ts';
import { describeStorageFault } from './describe-storage-fault.ts';
import { hashOfKey } from './keys/ingest-key.ts';
import { sendProblem } from './problem.ts';
import { submittedRights } from './submitted-rights.ts';

interface Place {
  name: string;
  line: number;
  kind: 'file' | 'replay';
  /** As JSON; not given: everything. */
  rights?: string;
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

const rights = Type.String({ maxLength: 1024 * 1024 });
const place = {
  name: Type.String({ minLength: 1, maxLength: 4096 }),
  line: Type.Integer({ minimum: 1 }),
  kind: Type.Union([Type.Literal('file'), Type.Literal('replay')], { default: 'file' }),
  rights: Type.Optional(rights),
  since: Type.Optional(Type.Integer({ minimum: 0 })),
};

/** A chunk of lines, and the one line that the chunk may end in. */
const MAX_LINES_BYTES = 32 * 1024 * 1024;

/** @param scope of their own: what is sent to them carries the internal key */
export function registerInternalRoutes(
  scope: FastifyInstance,
  writer: EventWriter,
  internalKey: string,
  countStored?: CountStored,
): void {
  const expected = Buffer.from(hashOfKey(internalKey));
  scope.addHook('onRequest', async (request, reply) => {
    const given = Buffer.from(hashOfKey(request.headers.authorization?.replace(/^Bearer /, '') ?? ''));
    if (!timingSafeEqual(given, expected))
      return sendProblem(reply, 401, 'This route is for commands on the same machine.');
  });
  registerLines(scope, writer, countStored);
  registerRows(scope, writer);
  registerOversized(scope, writer);
  registerEvents(scope, writer);
}

async function open(writer: EventWriter, { name, kind, rights: asked }: Place): Promise<Submission | undefined> {
  const granted = asked === undefined ? fullRights(name) : submittedRights(asked);
  if (!granted) return undefined;
  await comeAgain(writer.room());
  return writer.open({ origin: { kind, name, part: 0, request: NO_REQUEST }, rights: granted });
}

/** Lines of a file. */
function registerLines(scope: FastifyInstance, writer: EventWriter, countStored: CountStored | undefined): void {
  scope.post<{ Querystring: Place }>(
    '/internal/lines',
    { bodyLimit: MAX_LINES_BYTES, schema: { querystring: Type.Object(place) } },
    async ({ query, body }, reply) => {
      const submission = await open(writer, query);
      if (!submission) return noRights(reply);
      const { name, line, kind, since } = query;
      const { lines } = takeLines(writer, submission, body as Buffer, { firstLine: line });
      const { accepted, duplicate, rejected } = await comeAgain(writer.flush(submission));
      if (since === undefined || !countStored) return { accepted, duplicate, rejected };
      // What the first attempt stored looks like a duplicate now, and is none.
      const stored = await countStored({ kind, name, first: line, last: line + lines - 1, since });
      return { accepted: stored, duplicate: accepted + duplicate - stored, rejected };
    },
  );
}

/** Events of the rows of a table. */
function registerRows(scope: FastifyInstance, writer: EventWriter): void {
  scope.post<{ Querystring: Omit<Place, 'line'> }>(
    '/internal/rows',
    { bodyLimit: MAX_LINES_BYTES, schema: { querystring: Type.Omit(Type.Object(place), ['line']) } },
    async ({ query: { name, kind, rights: asked, since }, body }, reply) => {
      const granted = asked === undefined ? fullRights(name) : submittedRights(asked);
      if (!granted) return noRights(reply);
      const rows = rowsIn(body as Buffer);
      if (!rows) return sendProblem(reply, 400, 'Rows of a table are expected, a line each.');
      const options = { origin: { kind, name, part: 0, request: NO_REQUEST }, rights: granted };
      const { accepted, duplicate, rejected } = await comeAgain(writer.writeRows(rows, options));
      return { accepted, duplicate, rejected, repeated: since !== undefined };
    },
  );
}

/** A line that is too large to be sent: its beginning, size and hash. */
function registerOversized(scope: FastifyInstance, writer: EventWriter): void {
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
    async ({ query, body }, reply) => {
      const submission = await open(writer, query);
      if (!submission) return noRights(reply);
      writer.takeOversized(submission, body as Buffer, query.size, query.sha256, query.line);
      const { accepted, duplicate, rejected } = await comeAgain(writer.flush(submission));
      return { accepted, duplicate, rejected };
    },
  );
}

/** Events of forms and jobs. */
function registerEvents(scope: FastifyInstance, writer: EventWriter): void {
  scope.post<{ Querystring: { rights: string } }>(
    '/internal/events',
    { schema: { querystring: Type.Object({ rights }) } },
    async ({ query, body }, reply) => {
      const granted = submittedRights(query.rights);
      if (!granted) return noRights(reply);
      const events: unknown = JSON.parse((body as Buffer).toString('utf8'));
      if (!Array.isArray(events)) return sendProblem(reply, 400, 'An array of events is expected.');
      const { fault } = writer;
      // Whoever fills in a form is told, rather than kept waiting.
      if (fault) return sendProblem(reply, 503, describeStorageFault(fault), 1);
      return await comeAgain(writer.write(events as object[], granted));
    },
  );
}

const noRights = (reply: FastifyReply) => sendProblem(reply, 400, 'The rights of these events are not understood.');

/** @throws with status 503 if the events cannot be stored: the command sends them again */
async function comeAgain<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw Object.assign(error as Error, { statusCode: 503 });
  }
}
