import type { Warehouse } from '@hengjian/warehouse';
import { type FastifyInstance, fastify } from 'fastify';
import { exposition } from '../metrics/exposition.ts';
import type { WorkerMetrics } from './worker-metrics.ts';

/** Health and metrics of a worker; it takes no events. */
export function buildWorkerApp(metrics: WorkerMetrics, warehouse: Warehouse, isJoined: () => boolean): FastifyInstance {
  const app = fastify({ logger: false });
  app.get('/health/live', async () => ({ status: 'ok' }));
  app.get('/health/ready', async (_, reply) => {
    const stored = await warehouse.query('SELECT 1').then(
      () => true,
      () => false,
    );
    const ready = stored && isJoined();
    return reply.code(ready ? 200 : 503).send({
      status: ready ? 'ok' : 'unavailable',
      warehouse: stored ? 'answers' : 'does not answer: the worker waits, nothing is lost',
      group: isJoined() ? 'joined' : 'joining',
      lag: metrics.lag(),
    });
  });
  app.get('/metrics', async ({ headers }, reply) => {
    const { contentType, text } = await exposition(metrics.registry, headers.accept);
    return reply.type(contentType).send(text);
  });
  return app;
}
