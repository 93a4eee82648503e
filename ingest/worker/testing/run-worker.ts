/** For tests: a worker in this process. */
import type { Warehouse } from '@hengjian/warehouse';
import { pino } from 'pino';
import { kafkaClient } from '../../log/kafka-client.ts';
import { LogWorker } from '../log-worker.ts';
import { workerMetrics } from '../worker-metrics.ts';
import type { TestTopic } from './test-topic.ts';

export interface RunningWorker {
  worker: LogWorker;
  /** Resolves when it has its first partitions. */
  joined: Promise<void>;
  failures: Error[];
  stop(): Promise<void>;
}

export async function runWorker({
  topic,
  warehouse,
}: {
  topic: TestTopic;
  warehouse: Warehouse;
}): Promise<RunningWorker> {
  const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2));
  const failures: Error[] = [];
  let tell = () => {};
  const joined = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const worker = new LogWorker({
    kafka: kafkaClient({ kafkaBrokers: [topic.brokers] }, logger),
    topic: topic.name,
    warehouse,
    logger,
    observer: {
      ...workerMetrics(),
      assigned: (parts) => {
        if (parts.length > 0) tell();
      },
    },
    onFatal: (error) => {
      failures.push(error);
      logger.fatal({ err: error }, 'fatal');
    },
  });
  await worker.start();
  return { worker, joined, failures, stop: () => worker.stop() };
}
