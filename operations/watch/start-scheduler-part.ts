/** The scheduler part of `up`: refreshes the models, watches the stream, and says both over HTTP. */
import { exposition } from '@hengjian/ingest/metrics/exposition.ts';
import { startLogWatch } from '@hengjian/ingest/worker/log-watch.ts';
import { startScheduler } from '@hengjian/models';
import type { Environment, Warehouse } from '@hengjian/warehouse';
import { fastify } from 'fastify';
import type { Logger } from 'pino';
import type { RunningPart } from '../parts.ts';
import { StreamMetrics } from './stream-metrics.ts';
import { topicOf, watchStream } from './watch-stream.ts';

export interface SchedulerPartOptions {
  warehouse: Warehouse;
  environment: Environment;
  logger: Logger;
}

export async function startSchedulerPart(options: SchedulerPartOptions): Promise<RunningPart> {
  const { warehouse, environment } = options;
  const metrics = new StreamMetrics();
  const app = fastify({ logger: false });
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_, reply) => {
    const answers = await warehouse.query('SELECT 1').then(
      () => true,
      () => false,
    );
    return reply.code(answers ? 200 : 503).send({
      status: answers ? 'ok' : 'unavailable',
      warehouse: answers ? 'answers' : 'does not answer: scores stay as they are until it does',
    });
  });
  app.get('/metrics', async ({ headers }, reply) => {
    const { contentType, text } = await exposition(metrics.registry, headers.accept);
    return reply.type(contentType).send(text);
  });
  const url = await app.listen({ host: environment.listenHost, port: environment.schedulerPort });
  const running = [
    await startScheduler(options),
    watchStream({ ...options, metrics }),
    ...(topicOf(environment) === undefined ? [] : [startLogWatch(options)]),
  ];
  return {
    url,
    async stop() {
      await Promise.all([...running.map((one) => one.stop()), app.close()]);
    },
  };
}
