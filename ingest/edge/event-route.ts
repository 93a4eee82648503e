/** POST /v1/events: 202 once all events of the request are durable (contract §5). */
import { isUtf8 } from 'node:buffer';
import { isLimited } from '@hengjian/contract/authorize.ts';
import type { EventWriter, Submission } from '@hengjian/contract/event-writer.ts';
import type { Owners } from '@hengjian/contract/owners.ts';
import type { WriteRights } from '@hengjian/contract/write-rights.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isTooDeep } from '../check/nesting.ts';
import { isJson, isJsonType, structuredEvent } from '../check/structured-event.ts';
import { ActedUponCollector } from '../store/find-owners.ts';
import { binaryAttributes, isBinaryEvent } from './binary-event.ts';
import { describeStorageFault } from './describe-storage-fault.ts';
import {
  BATCH_TYPE,
  EVENT_TYPE,
  type EventTaker,
  NDJSON_TYPE,
  type Taking,
  TOO_DEEP,
  takeBody,
  takingElements,
  type Untaken,
} from './event-body.ts';
import type { IngestAppOptions } from './ingest-app.ts';
import { type IngestKey, rightsOf } from './keys/ingest-key.ts';
import { sendProblem } from './problem.ts';
import { Turns } from './turns.ts';

/** A sender is told to come again if its events are not durable by then. */
const ANSWER_WITHIN_MS = 30_000;
/** Look-ups for a limited key. */
const LOOK_UP_WITHIN_MS = 5_000;
/** A storage fault that lasts so long is not a restart that is over in a moment: senders are told at once. */
const FAULT_MS = 3_000;
const JSON_TYPE = 'application/json';
const TYPES = [EVENT_TYPE, BATCH_TYPE, NDJSON_TYPE];

declare module 'fastify' {
  interface FastifyRequest {
    ingestKey?: IngestKey;
  }
}

export function registerEventRoute(
  app: FastifyInstance,
  { writer, keys, findOwners, limits, answerWithinMs = ANSWER_WITHIN_MS }: IngestAppOptions,
  perSecond: number,
): void {
  const turns = new Turns();
  app.decorateRequest('ingestKey', undefined);
  const limit = app.rateLimit({
    max: perSecond,
    timeWindow: 1_000,
    keyGenerator: (request) => request.ingestKey?.name ?? request.ip,
  });
  app.post('/v1/events', {
    onRequest: [
      (request, reply) => findKey(keys, request, reply),
      limit,
      async (request, reply) => refuseOtherType(request, reply) ?? refuseWithoutRoom(writer, reply),
    ],
    handler: (request, reply) => takeEvents({ writer, findOwners, limits, answerWithinMs }, turns, request, reply),
  });
}

async function findKey(keys: IngestAppOptions['keys'], request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
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
    return undefined;
  } catch {
    return sendProblem(reply, 503, 'Keys cannot be checked while the warehouse does not answer; send it again.', 2);
  }
}

function refuseOtherType(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const type = mediaType(request);
  if (isBinaryEvent(request.headers, type) ? isJsonType(type) : TYPES.includes(type)) return undefined;
  return sendProblem(
    reply.header('accept-post', [...TYPES, JSON_TYPE].join(', ')),
    415,
    `Content-Type must be one of ${TYPES.join(', ')}, or ${JSON_TYPE} with the attributes in ce-* headers (binary mode); in UTF-8.`,
  );
}

function refuseWithoutRoom(writer: EventWriter, reply: FastifyReply): FastifyReply | undefined {
  const { fault } = writer;
  // What waits tries again by itself; more is not heaped up behind it.
  if (fault && performance.now() - fault.since > FAULT_MS)
    return sendProblem(reply, 503, `${describeStorageFault(fault)} Nothing was taken; send it again.`, 5);
  if (!writer.hasRoom())
    return sendProblem(reply, 503, 'More events wait than can be stored at this moment; send it again.', 1);
  return undefined;
}

type Parts = Pick<IngestAppOptions, 'writer' | 'findOwners' | 'limits'> & { answerWithinMs: number };

async function takeEvents(
  { writer, findOwners, limits, answerWithinMs }: Parts,
  turns: Turns,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const key = request.ingestKey!;
  const rights = rightsOf(key);
  let owners: Owners | undefined;
  try {
    owners = await ownersFor(request, rights, turns, { findOwners, limits });
  } catch (error) {
    request.log.warn({ err: error }, 'what the events act upon could not be looked up');
    const why = 'Whose pushes and events these act upon cannot be looked up while the warehouse does not answer';
    return sendProblem(reply, 503, `${why}; nothing was taken, send it again.`, 2);
  }
  const submission = writer.open({
    origin: { kind: 'http', name: key.name, part: 0, request: request.id },
    nameRejections: true,
    rights,
    owners,
  });
  const taking = takeRequest(writer, submission, request);
  if ('why' in taking) return sendProblem(reply, taking.status, `Nothing was taken: ${taking.why}.`);
  await turns.take(key.name, taking, writer);
  // The writer has copied what it took, and counts it; a sender that leaves now must not leave its body behind.
  request.body = undefined;
  try {
    const { accepted, duplicate, rejections } = await within(answerWithinMs, writer.flush(submission));
    request.log.debug({ key: key.name, accepted, duplicate, rejected: rejections.length }, 'events taken');
    return reply
      .code(202)
      .send({ accepted, duplicate: writer.findsDuplicates ? duplicate : null, rejected: rejections });
  } catch (error) {
    const { fault } = writer;
    const why = fault ? describeStorageFault(fault) : undefined;
    request.log.error({ err: error, why }, 'events could not be stored');
    return sendProblem(
      reply,
      503,
      `${why ? `${why} Send` : 'The events could not be stored; send'} them again: what was stored counts as a duplicate then.`,
      5,
    );
  }
}

/** Of a limited key: what its events act upon, looked up before they are taken. @throws when the warehouse does not answer */
async function ownersFor(
  request: FastifyRequest,
  rights: WriteRights,
  turns: Turns,
  { findOwners, limits }: Pick<IngestAppOptions, 'findOwners' | 'limits'>,
): Promise<Owners | undefined> {
  if (!findOwners || !isLimited(rights)) return undefined;
  const upon = new ActedUponCollector(limits);
  const taking = takeRequest(upon, undefined, request);
  if ('why' in taking) return undefined;
  await turns.take(rights.by, taking);
  return within(LOOK_UP_WITHIN_MS, findOwners(upon));
}

/** @param submission undefined: the events are only looked at */
function takeRequest<S extends Submission | undefined>(
  writer: EventTaker<S>,
  submission: S,
  request: FastifyRequest,
): Untaken | Taking {
  const body = request.body as Buffer;
  const type = mediaType(request);
  if (!isBinaryEvent(request.headers, type))
    return body.length === 0 ? { status: 400, why: 'the body is empty' } : takeBody(writer, submission, type, body);
  const attributes = binaryAttributes(request.headers);
  if (!Array.isArray(attributes))
    return { status: 400, why: `the percent-encoding of the header ${attributes.undecodable} is no UTF-8` };
  if (body.length > 0 && !isJson(body))
    return isTooDeep(body) ? TOO_DEEP : { status: 400, why: 'the body is not JSON' };
  const event = structuredEvent(attributes, type, body, true);
  return takingElements(writer, submission, event, [[0, event.length]], isUtf8(event));
}

/** @throws when it takes longer; the work goes on. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not durable after ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
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
