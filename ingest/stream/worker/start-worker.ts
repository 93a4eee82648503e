import type { RuleLimits } from '@hengjian/contract/rule-limits.ts';
import { type Environment, type Warehouse, writerLease } from '@hengjian/warehouse';
import type { Logger } from 'pino';
import { ActivityNotes } from '../../metrics/activity-notes.ts';
import { buildHealthApp } from '../../metrics/build-health-app.ts';
import { clusterOf, kafkaClient } from '../log/kafka-client.ts';
import { LogWorker } from './log-worker.ts';
import { workerMetrics } from './worker-metrics.ts';

export interface StartWorkerOptions {
  warehouse: Warehouse;
  environment: Environment;
  logger: Logger;
  limits?: RuleLimits;
  /** The worker cannot go on: the process should end, so that its supervisor starts a fresh one. Called once. */
  onFatal: (error: Error) => void;
}

/** One worker of the consumer group. @throws if no broker answers, the topic cannot be created, or others write without this log. */
export async function startWorker(options: StartWorkerOptions): Promise<{ url: string; stop(): Promise<void> }> {
  const { warehouse, environment, logger } = options;
  const kafka = kafkaClient(environment, logger);
  const log = { topic: environment.kafkaTopic, cluster: await clusterOf(kafka) };
  const lease = await writerLease(warehouse, { kind: 'worker', ...log });
  const metrics = workerMetrics();
  const notes = new ActivityNotes({ warehouse, logger, door: 'worker', topic: environment.kafkaTopic });
  let joined = false;
  const worker = new LogWorker({
    kafka,
    topic: environment.kafkaTopic,
    warehouse,
    logger,
    ...(options.limits ? { limits: options.limits } : {}),
    ...(lease ? { guard: lease.guard } : {}),
    observer: {
      assigned(parts) {
        joined = true;
        metrics.assigned(parts);
      },
      fetched: metrics.fetched,
      passed: metrics.passed,
      batch(seen) {
        metrics.batch(seen);
        notes.batch(seen);
        logger.debug(seen, 'records dealt with');
      },
      outcome(seen) {
        metrics.outcome(seen);
        notes.outcome(seen);
      },
      stored(seen) {
        metrics.stored(seen);
        notes.stored(seen);
        logger.debug(seen, 'block stored');
      },
    },
    onFatal: options.onFatal,
  });
  const app = buildHealthApp({
    warehouse,
    registry: metrics.registry,
    meanwhile: 'the worker waits, nothing is lost',
    state: () => ({ ready: joined, facts: { group: joined ? 'joined' : 'joining', lag: metrics.lag() } }),
  });
  const url = await app.listen({ host: environment.listenHost, port: environment.workerPort });
  try {
    await worker.start();
  } catch (error) {
    await app.close();
    await worker.stop().catch(() => {});
    await notes.stop();
    await lease?.end();
    throw error;
  }
  return {
    url,
    async stop() {
      await worker.stop();
      await notes.stop();
      await lease?.end();
      await app.close();
    },
  };
}
