/** The HTTP edge as OpenAPI 3.1. The dashboard's document takes these paths in. */
import { REASONS } from '@hengjian/contract/reasons.ts';
import { eventTypes } from '@hengjian/contract/schema/event-types.ts';
import { BATCH_TYPE, EVENT_TYPE, MAX_BODY_BYTES, MAX_EVENTS, NDJSON_TYPE } from '../edge/event-body.ts';
import { BEYOND_SCHEMA_TEXT, eventSchemas, type JsonSchema, schemaRef } from './event-schemas.ts';
import { exampleOf } from './example-event.ts';
import { INFO, KEY_SECURITY } from './product.ts';

type Headers = Record<string, { description: string; required?: boolean; schema: JsonSchema }>;

const header = (description: string, schema: JsonSchema, required = true) => ({ description, required, schema });
const requestId = { 'x-request-id': header('Names this request in the log', { type: 'string', format: 'uuid' }) };
const retryAfter = {
  'retry-after': header('Seconds to wait before it is sent again', { type: 'integer', minimum: 0 }),
};
const limits: Headers = Object.fromEntries(
  ['limit', 'remaining', 'reset'].map((name) => [
    `x-ratelimit-${name}`,
    header('Requests of the key: how many a second, how many are left, seconds until then', { type: 'integer' }, false),
  ]),
);

const answer = (description: string, type: string, schema: JsonSchema, headers: Headers = {}) => ({
  description,
  headers: { ...requestId, ...headers },
  content: { [type]: { schema } },
});
const json = (description: string, schema: JsonSchema, headers?: Headers) =>
  answer(description, 'application/json', schema, headers);
const problem = (description: string, headers?: Headers) =>
  answer(description, 'application/problem+json', schemaRef('Problem'), headers);

const get = (summary: string, operationId: string, responses: object) => ({
  get: { summary, operationId, security: [], responses },
});
const document = (summary: string, operationId: string) =>
  get(summary, operationId, { 200: json('The document', { type: 'object' }) });

const eventList = [...eventTypes.values()];
const example = exampleOf(eventTypes.get('licence.entered')!);

const schemas: Record<string, JsonSchema> = {
  CloudEvent: {
    oneOf: eventList.map(({ type }) => schemaRef(type)),
    discriminator: {
      propertyName: 'type',
      mapping: Object.fromEntries(eventList.map(({ type }) => [type, schemaRef(type).$ref])),
    },
  },
  ...eventSchemas(),
  Receipt: {
    description: 'What became of the events of one request. Those refused are kept with their bytes and reason.',
    type: 'object',
    required: ['accepted', 'duplicate', 'rejected'],
    additionalProperties: false,
    properties: {
      accepted: { type: 'integer', minimum: 0 },
      duplicate: {
        type: ['integer', 'null'],
        minimum: 0,
        description: 'null where the event log took the events: workers find duplicates later',
      },
      rejected: {
        type: 'array',
        items: {
          type: 'object',
          required: ['index', 'id', 'reason', 'detail'],
          properties: {
            index: {
              type: 'integer',
              minimum: 0,
              description: 'place in the request, from 0; blank lines do not count',
            },
            id: { type: 'string', description: 'empty where it could not be read' },
            reason: { enum: Object.keys(REASONS) },
            detail: { type: 'string' },
          },
        },
      },
    },
  },
  Problem: {
    description: 'Problem details (RFC 9457)',
    type: 'object',
    required: ['type', 'title', 'status', 'detail'],
    properties: {
      type: { const: 'about:blank' },
      title: { type: 'string', minLength: 1 },
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: { type: 'string', minLength: 1, description: 'The reason and the way out' },
    },
  },
};

const acceptPost = { 'accept-post': header('The media types that are taken', { type: 'string' }, false) };

const paths = {
  '/v1/events': {
    post: {
      summary: 'Takes events; answers once they are durable',
      operationId: 'postEvents',
      description: `One event, an array of them, or one a line; UTF-8, at most ${MAX_EVENTS} events and ${MAX_BODY_BYTES / 1024 / 1024} MiB unpacked. Durable means in the warehouse,
or acknowledged by all in-sync replicas of the log. Sending a request again is safe: the same (source, id) is stored once.

${BEYOND_SCHEMA_TEXT}`,
      security: [{ key: [] }],
      parameters: [
        {
          name: 'Content-Encoding',
          in: 'header',
          schema: { enum: ['gzip', 'identity'] },
          description: 'How the body is packed',
        },
      ],
      requestBody: {
        required: true,
        content: {
          [EVENT_TYPE]: { schema: schemaRef('CloudEvent'), example },
          [BATCH_TYPE]: {
            schema: { type: 'array', maxItems: MAX_EVENTS, items: schemaRef('CloudEvent') },
            example: [example],
          },
          [NDJSON_TYPE]: {
            schema: { type: 'string', description: 'One event a line; blank lines are skipped' },
            example: `${JSON.stringify(example)}\n`,
          },
        },
      },
      responses: {
        202: json('All good events are durable', schemaRef('Receipt'), limits),
        400: problem('The body cannot be parsed; nothing was taken', limits),
        401: problem('No key, or none that is in force', {
          'www-authenticate': header('How to send the key', { type: 'string', pattern: '^Bearer' }),
        }),
        408: problem('The body did not come to its end in time; nothing was taken', limits),
        413: problem('Too large or too many events; nothing was taken', limits),
        415: problem('Another Content-Type or Content-Encoding', { ...acceptPost, ...limits }),
        429: problem('The key sends more requests than it may', { ...retryAfter, ...limits }),
        431: problem('The headers are longer than 16 KiB together'),
        500: problem('A fault of the product; the log has it under the request id'),
        503: problem('Overloaded, or warehouse or brokers do not answer: send it again', { ...retryAfter, ...limits }),
      },
    },
  },
  '/v1/openapi.json': document('This document', 'getEdgeOpenapi'),
  '/v1/asyncapi.json': document('The event log as AsyncAPI 3.0', 'getEdgeAsyncapi'),
  '/health/live': get('The process runs', 'getEdgeLive', {
    200: json('It does', { type: 'object', required: ['status'], properties: { status: { const: 'live' } } }),
  }),
  '/health/ready': get('Events can be made durable now', 'getEdgeReady', {
    200: json('They can', { type: 'object', required: ['status'], properties: { status: { const: 'ready' } } }),
    503: problem('Warehouse or brokers do not answer', retryAfter),
  }),
  '/metrics': get('Measures', 'getEdgeMetrics', {
    200: {
      description: 'OpenMetrics for who asks for it by Accept, else the Prometheus text format',
      headers: requestId,
      content: {
        'text/plain': { schema: { type: 'string' } },
        'application/openmetrics-text': { schema: { type: 'string' } },
      },
    },
  }),
};

export const edgeOpenapi = {
  openapi: '3.1.0',
  info: {
    ...INFO,
    description: `The edge: takes events and says what became of each. Errors are problem details (RFC 9457) on every path, also where
a request does not get as far as to one: 400 for what is not HTTP or has a path that cannot be decoded, 404 for other paths,
408 for a request that does not come to its end within a minute, 417 for another \`Expect\` than 100-continue, 431 for headers of
more than 16 KiB together, 503 while the process ends. \`x-request-id\` names each answer.`,
  },
  servers: [{ url: '/' }],
  paths,
  components: { securitySchemes: { key: KEY_SECURITY }, schemas },
};
