import { chartPaths, ruleset } from './chart-paths.ts';
import type { IngestDocuments } from './ingest-documents.ts';
import { processPaths } from './process-paths.ts';
import { csv, json, notModified, problem, refusals, schemaRef, text, workbook } from './responses.ts';
import { schemas } from './schemas.ts';

const session = [{ session: [] }, { readKey: [] }];
const refused = { ...refusals, ...notModified, 404: problem('No such quarter, unit or item') };
const inPath = (name: string, description: string, example: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string', examples: [example] },
});
const quarter = inPath(
  'quarter',
  'Quarter; of a rule set that scores them also a month (2025-04) or a year (2025)',
  '2025Q2',
);
const itemPath = [quarter, inPath('unit', 'Unit id', 'scjg'), inPath('item', 'Item of the rule set', 'claim')];

const open = (operationId: string, summary: string, responses: object) => ({
  get: { summary, operationId, security: [], responses },
});
const closed = (operationId: string, summary: string, parameters: object[], responses: object) => ({
  get: { summary, operationId, security: session, parameters, responses },
});

const paths = {
  '/api/v1/quarters/{quarter}/scores': closed(
    'getScores',
    'Scores of a quarter, units in rank order (of rates: in that of the rule set), within the caller’s scope',
    [quarter, ruleset],
    { 200: json('The scores', schemaRef('Scores')), ...refused },
  ),
  '/api/v1/quarters/{quarter}/scores.csv': closed('getScoresTable', 'The same as a table', [quarter, ruleset], {
    200: csv(),
    ...refused,
  }),
  '/api/v1/quarters/{quarter}/scores.xlsx': closed('getScoresWorkbook', 'The same for Excel', [quarter, ruleset], {
    200: workbook(),
    ...refusals,
    404: refused[404],
  }),
  '/api/v1/quarters/{quarter}/units/{unit}/items/{item}': closed(
    'getExplanation',
    'What cost each point of an item',
    [...itemPath, ruleset],
    { 200: json('The explanation', schemaRef('Explanation')), ...refused },
  ),
  '/api/v1/quarters/{quarter}/units/{unit}/items/{item}/lost.csv': closed(
    'getLostTable',
    'The rows that cost points as a table',
    [...itemPath, ruleset],
    { 200: csv(), ...refused },
  ),
  '/api/v1/quarters/{quarter}/units/{unit}/items/{item}/lost.xlsx': closed(
    'getLostWorkbook',
    'The rows that cost points for Excel',
    [...itemPath, ruleset],
    { 200: workbook(), ...refusals, 404: refused[404] },
  ),
  '/api/v1/updates': closed(
    'getUpdates',
    'Tells when a refresh has ended: event `refresh` with build_id and refreshed_at',
    [],
    {
      200: text('Server-sent events', 'text/event-stream'),
      400: refusals[400],
      401: refusals[401],
      503: refusals[503],
    },
  ),
  '/api/v1/openapi.json': open('getOpenapi', 'This description', { 200: json('OpenAPI 3.1', { type: 'object' }) }),
  '/api/v1/asyncapi.json': open('getAsyncapi', 'The event log: topic, messages, who sends and who reads', {
    200: json('AsyncAPI 3.0', { type: 'object' }),
  }),
  ...chartPaths,
};

const at = (port: string, description: string) => ({
  url: 'http://{host}:{port}',
  description,
  variables: { host: { default: '127.0.0.1' }, port: { default: port } },
});
const EDGE = at('8080', 'Ingest (INGEST_PORT)');
/** The ports of the Compose file; without one set, worker and scheduler take any that is free. */
const PARTS = [at('9464', 'Worker (WORKER_PORT)'), at('9465', 'Scheduler (SCHEDULER_PORT)')];

const servedBy = (servers: object[], described: Record<string, object>) =>
  Object.fromEntries(Object.entries(described).map(([path, item]) => [path, { servers, ...item }]));

/**
 * All processes in one description: each path that is not the dashboard's alone names the servers that have it.
 * @param dashboardUrl where people reach the dashboard; '/': where the description came from
 */
export function openapi({ openapi: edge }: Pick<IngestDocuments, 'openapi'>, dashboardUrl = '/') {
  const dashboard = { url: dashboardUrl, description: 'Dashboard' };
  const ofEdge = Object.entries(edge.paths).filter(([path]) => !Object.hasOwn(processPaths, path));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hengjian 衡鉴',
      version: '0.1.0',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      description: 'Supervision events in, exact and explainable scores out.',
    },
    servers: [dashboard],
    paths: {
      ...paths,
      ...servedBy([dashboard, EDGE, ...PARTS], processPaths),
      ...servedBy([EDGE], Object.fromEntries(ofEdge)),
    },
    components: {
      securitySchemes: {
        ...edge.components.securitySchemes,
        readKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'A read key (hjr_…), with the roles and the scope it was made with; reads only',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'hengjian-…',
          description: 'Set by the sign-in link; the last part of the name differs between installations',
        },
      },
      schemas: { ...edge.components.schemas, ...schemas },
    },
  };
}
