import { away, json, schemaRef, text } from './responses.ts';

interface Answer {
  headers: Record<string, { description: string }>;
}

/** Worker and scheduler log no single request: they serve nothing else. */
const ofAll = <A extends Answer>(answer: A): A => ({
  ...answer,
  headers: Object.fromEntries(
    Object.entries(answer.headers).map(([name, header]) => [
      name,
      { ...header, description: `${header.description}, of dashboard and edge`, required: false },
    ]),
  ),
});
const open = (operationId: string, summary: string, responses: object) => ({
  get: { summary, operationId, security: [], responses },
});

const notReady = ofAll(away('Warehouse or brokers do not answer, or a worker has not joined its group yet'));
const measures = ofAll(
  text('Prometheus text format; OpenMetrics for who asks for it by Accept, but not of the dashboard', 'text/plain'),
);

/** What every process has. */
export const processPaths = {
  '/health/live': open('getLive', 'The process runs', { 200: ofAll(json('It does', schemaRef('Health'))) }),
  '/health/ready': open('getReady', 'Requests can be served, or records stored', {
    200: ofAll(json('They can', schemaRef('Health'))),
    503: { ...notReady, content: { ...notReady.content, 'application/json': { schema: schemaRef('PartState') } } },
  }),
  '/metrics': open('getMetrics', 'Measures', {
    200: {
      ...measures,
      content: { ...measures.content, 'application/openmetrics-text': { schema: { type: 'string' } } },
    },
  }),
};
