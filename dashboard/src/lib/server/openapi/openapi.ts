import { chartPaths } from './chart-paths.ts';
import { schemas } from './schemas.ts';

const json = (schema: keyof typeof schemas, description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
});
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const text = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: { type: 'string' } } },
});
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const refusals = {
  401: problem('Not signed in'),
  403: problem('Outside the roles or the scope of the account'),
  404: problem('No such quarter, unit or item'),
};
const session = [{ session: [] }];
const quarter = inPath('quarter');
const itemPath = [quarter, inPath('unit'), inPath('item')];
const events = { type: 'array', items: { $ref: '#/components/schemas/CloudEvent' } };
const health = {
  '/health/live': {
    get: { summary: 'The process runs', security: [], responses: { 200: { description: 'It does' } } },
  },
  '/health/ready': {
    get: {
      summary: 'Requests can be served',
      security: [],
      responses: { 200: { description: 'Ready' }, 503: problem('The warehouse does not answer') },
    },
  },
  '/metrics': {
    get: { summary: 'Measures', security: [], responses: { 200: text('Prometheus text format', 'text/plain') } },
  },
};

/** Both processes in one description: each path names the server that has it. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'Hengjian 衡鉴',
    version: '0.1.0',
    description: 'Supervision events in, exact and explainable scores out.',
  },
  servers: [{ url: '/', description: 'Dashboard' }],
  paths: {
    '/api/v1/quarters/{quarter}/scores': {
      get: {
        summary: 'Scores of a quarter, units in rank order, within the caller’s scope',
        security: session,
        parameters: [quarter],
        responses: { 200: json('Scores', 'The scores'), ...refusals },
      },
    },
    '/api/v1/quarters/{quarter}/scores.csv': {
      get: {
        summary: 'The same as a table',
        security: session,
        parameters: [quarter],
        responses: { 200: text('UTF-8 with a byte order mark', 'text/csv'), ...refusals },
      },
    },
    '/api/v1/quarters/{quarter}/units/{unit}/items/{item}': {
      get: {
        summary: 'What cost each point of an item',
        security: session,
        parameters: itemPath,
        responses: { 200: json('Explanation', 'The explanation'), ...refusals },
      },
    },
    '/api/v1/quarters/{quarter}/units/{unit}/items/{item}/lost.csv': {
      get: {
        summary: 'The rows that cost points as a table',
        security: session,
        parameters: itemPath,
        responses: { 200: text('UTF-8 with a byte order mark', 'text/csv'), ...refusals },
      },
    },
    '/api/v1/updates': {
      get: {
        summary: 'Tells when a refresh has ended: event `refresh` with build_id and refreshed_at',
        security: session,
        responses: { 200: text('Server-sent events', 'text/event-stream'), 401: refusals[401] },
      },
    },
    '/api/v1/openapi.json': {
      get: { summary: 'This description', security: [], responses: { 200: { description: 'OpenAPI 3.1' } } },
    },
    ...chartPaths,
    ...health,
    '/v1/events': {
      servers: [{ url: 'http://127.0.0.1:8080', description: 'Ingest (INGEST_PORT)' }],
      post: {
        summary: 'Takes events; answers once they are durable',
        security: [{ key: [] }],
        requestBody: {
          required: true,
          content: {
            'application/cloudevents+json': { schema: { $ref: '#/components/schemas/CloudEvent' } },
            'application/cloudevents-batch+json': { schema: events },
            'application/x-ndjson': { schema: { type: 'string', description: 'One event a line' } },
          },
        },
        responses: {
          202: json('Receipt', 'Durable'),
          400: problem('The body cannot be parsed'),
          401: problem('No key, or a wrong one'),
          413: problem('Too large'),
          415: problem('Another content type'),
          429: problem('Too many requests; see Retry-After'),
          503: problem('Overloaded; see Retry-After'),
        },
      },
    },
  },
  components: {
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: 'hengjian-…', description: 'Set by the sign-in link' },
      key: { type: 'http', scheme: 'bearer', description: 'Made by `key add`' },
    },
    schemas,
  },
};
