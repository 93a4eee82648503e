import { answers, type Warehouse } from '@hengjian/warehouse';
import { type FastifyInstance, fastify } from 'fastify';
import type { Registry } from 'prom-client';
import { answerInProblems, problemOptions } from '../edge/answer-in-problems.ts';
import { sendProblem } from '../edge/problem.ts';
import { exposition } from './exposition.ts';

/** For the whole request to come in; there is little to say. */
const REQUEST_MS = 60_000;

export interface HealthAppOptions {
  warehouse: Warehouse;
  registry: Registry;
  /** What it means for the part that the warehouse does not answer. */
  meanwhile: string;
  /** What else the part needs to be ready, and what it tells of itself. */
  state?: () => { ready: boolean; facts: Record<string, unknown> };
}

/** Health and metrics of a part that serves nothing else. */
export function buildHealthApp({ warehouse, registry, meanwhile, state }: HealthAppOptions): FastifyInstance {
  const app = fastify({ logger: false, requestTimeout: REQUEST_MS, ...problemOptions }) as unknown as FastifyInstance;
  // Nothing here takes a body, so none is read.
  app.removeAllContentTypeParsers();
  answerInProblems(app);
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
    sendProblem(reply, error.statusCode ?? 500, error.message),
  );
  app.setNotFoundHandler(({ method, url }, reply) =>
    sendProblem(reply, 404, `There is no ${method} ${url.split('?')[0]}; this process has health and metrics only.`),
  );
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_, reply) => {
    const answered = await answers(warehouse);
    const { ready, facts } = state?.() ?? { ready: true, facts: {} };
    return reply.code(answered && ready ? 200 : 503).send({
      status: answered && ready ? 'ok' : 'unavailable',
      warehouse: answered ? 'answers' : `does not answer: ${meanwhile}`,
      ...facts,
    });
  });
  app.get('/metrics', async ({ headers }, reply) => {
    const { contentType, text } = await exposition(registry, headers.accept);
    return reply.type(contentType).send(text);
  });
  return app;
}
