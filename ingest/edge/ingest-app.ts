/** The HTTP edge as a Fastify app, apart from listening: tests inject. */
import rateLimit from '@fastify/rate-limit';
import type { EventWriter } from '@hengjian/contract/event-writer.ts';
import type { Owners } from '@hengjian/contract/owners.ts';
import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { EdgeDocuments } from '../documents/edge-documents.ts';
import type { IngestMetrics } from '../metrics/ingest-metrics.ts';
import type { ActedUponCollector } from '../store/find-owners.ts';
import { answerInProblems, problemOptions } from './answer-in-problems.ts';
import { describeStorageFault } from './describe-storage-fault.ts';
import { registerDocumentRoutes } from './document-routes.ts';
import { MAX_BODY_BYTES } from './event-body.ts';
import { registerEventRoute } from './event-route.ts';
import { type CountStored, registerInternalRoutes } from './internal-routes.ts';
import type { KeyRing } from './keys/key-ring.ts';
import { OpenBytes } from './open-bytes.ts';
import { sendProblem } from './problem.ts';
import { takeBodies } from './take-bodies.ts';

/** What bodies hold at one time, unpacked, all together; above it they are sent away, new ones and those under way. */
const MAX_OPEN_BYTES = 128 * 1024 * 1024;
/** Of these as much as one key may hold: four of the largest bodies. */
const MAX_KEY_BYTES = 64 * 1024 * 1024;
/** A connection that is slow may pause; one that is silent for so long holds memory that others could use. */
const STALL_MS = 15_000;
/** For the whole request to come in: 16 MiB at 2.3 Mbit/s. */
const REQUEST_MS = 60_000;
/** How often requests are looked for that take longer. */
const LOOK_EVERY_MS = 5_000;
/** Requests of one key in a second. */
const REQUESTS_PER_SECOND = 2_000;

export interface IngestAppOptions {
  writer: EventWriter;
  keys: Pick<KeyRing, 'find'>;
  metrics: IngestMetrics;
  /** For limited keys: whose the things are that their events act upon; undefined: nobody looks. */
  findOwners?: ((upon: ActedUponCollector) => Promise<Owners>) | undefined;
  /** Of the rule sets in use. */
  limits?: RuleLimits | undefined;
  /** Whether events can be made durable now. */
  ready: () => Promise<boolean>;
  /** What is said when it is not: who does not answer. */
  away: string;
  /** Served to everybody; undefined serves none. */
  documents?: EdgeDocuments | undefined;
  /** Lets commands of this machine in; undefined closes the internal routes. */
  internalKey?: string | undefined;
  /** For chunks of a file that are sent again. */
  countStored?: CountStored | undefined;
  logger?: FastifyBaseLogger;
  requestsPerSecond?: number;
  maxOpenBytes?: number;
  maxKeyBytes?: number;
  stallMs?: number;
  requestMs?: number;
  answerWithinMs?: number;
}

export async function buildIngestApp(options: IngestAppOptions): Promise<FastifyInstance> {
  const { metrics, ready, maxOpenBytes = MAX_OPEN_BYTES, stallMs = STALL_MS, requestMs = REQUEST_MS } = options;
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    ...problemOptions,
    requestTimeout: requestMs,
    // Node takes the longer of both for the whole request, whichever it is called.
    http: {
      ...problemOptions.http,
      headersTimeout: requestMs,
      connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, requestMs),
    },
    ...(options.logger
      ? { loggerInstance: options.logger, logController: new LogController({ disableRequestLogging: true }) }
      : {}),
  }) as unknown as FastifyInstance;

  // Where no parser is no body is read: what is not addressed to a route that takes bodies is answered at once.
  app.removeAllContentTypeParsers();
  const bodies = { open: new OpenBytes(maxOpenBytes, options.maxKeyBytes ?? MAX_KEY_BYTES), stallMs };
  answerInProblems(app);
  app.addHook('onResponse', async (request, reply) =>
    metrics.answered(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime),
  );

  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    return sendProblem(reply, status, detailOf(status, error), status === 429 || status === 503 ? 1 : undefined);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      reply,
      404,
      `There is no ${request.method} ${request.url.split('?')[0]}; events go to POST /v1/events.`,
    ),
  );

  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) =>
    (await ready()) && !options.writer.fault ? { status: 'ready' } : sendProblem(reply, 503, notReady(options), 1),
  );
  app.get('/metrics', async ({ headers }, reply) => {
    const { contentType, text } = await metrics.exposition(headers.accept);
    return reply.type(contentType).send(text);
  });

  if (options.documents) registerDocumentRoutes(app, options.documents);

  await app.register(rateLimit, { global: false });
  await app.register(async (scope) => {
    takeBodies(scope, bodies);
    registerEventRoute(scope, options, options.requestsPerSecond ?? REQUESTS_PER_SECOND);
  });
  const { writer, internalKey, countStored } = options;
  if (internalKey)
    await app.register(async (scope) => {
      takeBodies(scope, bodies);
      registerInternalRoutes(scope, writer, internalKey, countStored);
    });
  return app;
}

const notReady = ({ writer, away }: IngestAppOptions) => (writer.fault ? describeStorageFault(writer.fault) : away);

function detailOf(status: number, error: Error): string {
  if (status === 429) return 'This key sends more requests than it may; send larger batches, or wait.';
  return status >= 500 ? 'Something went wrong here; the log has the reason under this request id.' : error.message;
}
