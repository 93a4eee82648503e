/** For tests: a worker in this process, and a supervisor that starts a fresh one where the product ends the process. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from '@hengjian/warehouse';
import { pino } from 'pino';
import { kafkaClient } from '../../log/kafka-client.ts';
import { LogWorker } from '../log-worker.ts';
import { workerMetrics } from '../worker-metrics.ts';
import type { WorkerObserver } from '../worker-observer.ts';
import type { TestTopic } from './test-topic.ts';

export interface RunningWorker {
  /** Resolves when it has its first partitions. */
  joined: Promise<void>;
  failures: Error[];
  stop(): Promise<void>;
}

export interface RunWorkerOptions {
  topic: TestTopic;
  warehouse: Warehouse;
  observer?: Partial<WorkerObserver>;
}

export async function runWorker({ topic, warehouse, observer }: RunWorkerOptions): Promise<RunningWorker> {
  const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2));
  const failures: Error[] = [];
  let tell = () => {};
  const joined = new Promise<void>((resolve) => {
    tell = resolve;
  });
  let stopping = false;
  let current: LogWorker | undefined;
  let reviving: Promise<void> = Promise.resolve();
  const start = async () => {
    const worker = new LogWorker({
      kafka: kafkaClient({ kafkaBrokers: [topic.brokers] }, logger),
      topic: topic.name,
      warehouse,
      logger,
      // Tests expect to find all that was taken, however little time the machine has for them.
      stopMs: 120_000,
      observer: {
        ...workerMetrics(),
        ...observer,
        assigned: (parts) => {
          observer?.assigned?.(parts);
          if (parts.length > 0) tell();
        },
      },
      onFatal: (error) => {
        failures.push(error);
        logger.fatal({ err: error }, 'fatal');
        reviving = revive(worker);
      },
    });
    current = worker;
    await worker.start();
  };
  const revive = async (failed: LogWorker) => {
    await failed.stop().catch(() => {});
    for (let tries = 0; tries < 50 && !stopping; tries += 1) {
      await pause(200);
      try {
        return await start();
      } catch (error) {
        logger.warn({ err: error }, 'not started again yet');
      }
    }
  };
  await start();
  return {
    joined,
    failures,
    async stop() {
      stopping = true;
      await reviving;
      await current?.stop();
    },
  };
}
