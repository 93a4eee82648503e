/** POST /v1/events: 202 once all events of the request are durable (contract §5). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EventFields } from '../check/event-fields.ts';
import { describeObstacle } from './describe-obstacle.ts';
import { BATCH_TYPE, EVENT_TYPE, NDJSON_TYPE, takeBody } from './event-body.ts';
import type { IngestAppOptions } from './ingest-app.ts';
import type { IngestKey } from './keys/ingest-key.ts';
import { sendProblem } from './problem.ts';

/** A sender is told to come again if its events are not durable by then. */
const ANSWER_WITHIN_MS = 30_000;
/** An obstacle that lasts so long is not a restart that is over in a moment: senders are told at once. */
const OBSTACLE_MS = 3_000;
const TYPES = [EVENT_TYPE, BATCH_TYPE, NDJSON_TYPE];

declare module 'fastify' {
  interface FastifyRequest {
    ingestKey?: IngestKey;
  }
}

export function registerEventRoute(
  app: FastifyInstance,
  { door, keys, answerWithinMs = ANSWER_WITHIN_MS }: IngestAppOptions,
  perSecond: number,
): void {
  app.decorateRequest('ingestKey', undefined);
  const limit = app.rateLimit({
    max: perSecond,
    timeWindow: 1_000,
    keyGenerator: (request) => request.ingestKey?.name ?? request.ip,
  });
  app.post('/v1/events', {
    onRequest: [
      async (request, reply) => {
        const key = bearer(request);
        try {
          const found = key === undefined ? undefined : await keys.find(key);
          if (!found)
            return sendProblem(
              reply,
              401,
              key === undefined
                ? 'Send the ingest key as "Authorization: Bearer KEY"; an administrator makes one with "key add NAME".'
                : 'This key is not in force.',
            );
          request.ingestKey = found;
        } catch {
          return sendProblem(
            reply,
            503,
            'Keys cannot be checked while the warehouse does not answer; send it again.',
            2,
          );
        }
      },
      limit,
      async (request, reply) => {
        if (!TYPES.includes(mediaType(request)))
          return sendProblem(
            reply.header('accept-post', TYPES.join(', ')),
            415,
            `Content-Type must be one of ${TYPES.join(', ')}, in UTF-8.`,
          );
        const { obstacle } = door;
        // What waits tries again by itself; more is not heaped up behind it.
        if (obstacle && performance.now() - obstacle.since > OBSTACLE_MS)
          return sendProblem(reply, 503, `${describeObstacle(obstacle)} Nothing was taken; send it again.`, 5);
        if (!door.hasRoom())
          return sendProblem(reply, 503, 'More events wait than can be stored at this moment; send it again.', 1);
      },
    ],
    handler: async (request, reply) => {
      const key = request.ingestKey!;
      const ticket = door.open({
        origin: { kind: 'http', name: key.name, part: 0, request: request.id },
        nameRejections: true,
        allow: (event) => refusalOf(key, event),
      });
      if ((request.body as Buffer).length === 0) return sendProblem(reply, 400, 'The body is empty.');
      const fault = takeBody(door, ticket, mediaType(request), request.body as Buffer);
      // The door has copied what it took, and counts it; a sender that leaves now must not leave its body behind.
      request.body = undefined;
      if (fault) return sendProblem(reply, fault.status, `Nothing was taken: ${fault.why}.`);
      try {
        const { accepted, duplicate, rejections } = await within(answerWithinMs, door.settle(ticket));
        request.log.debug({ key: key.name, accepted, duplicate, rejected: rejections.length }, 'events taken');
        return reply
          .code(202)
          .send({ accepted, duplicate: door.findsDuplicates ? duplicate : null, rejected: rejections });
      } catch (error) {
        const { obstacle } = door;
        const why = obstacle ? describeObstacle(obstacle) : undefined;
        request.log.error({ err: error, why }, 'events could not be stored');
        return sendProblem(
          reply,
          503,
          `${why ? `${why} Send` : 'The events could not be stored; send'} them again: what was stored counts as a duplicate then.`,
          5,
        );
      }
    },
  });
}

/** @throws when it takes longer; the work goes on. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not durable after ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function refusalOf({ source, units }: IngestKey, event: EventFields) {
  if (source !== undefined && event.source.text !== source)
    return { reason: 'source_not_allowed', detail: `this key may only send events of source ${source}` } as const;
  if (units.length > 0 && !units.includes(event.department.text))
    return {
      reason: 'unit_not_allowed',
      detail: `this key may only send events of ${units.join(', ')}, not of ${event.department.text}`,
    } as const;
  return undefined;
}

function bearer(request: FastifyRequest): string | undefined {
  return /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** The media type without parameters; another charset than UTF-8 makes it unknown. */
function mediaType(request: FastifyRequest): string {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  return charset === undefined || charset === 'utf-8' || charset === 'utf8' ? type : `${type};charset=${charset}`;
}
