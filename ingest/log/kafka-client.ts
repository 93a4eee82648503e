import type { Environment } from '@hengjian/warehouse';
import { type Admin, Kafka, logLevel, type RetryOptions } from 'kafkajs';
import type { Logger } from 'pino';
import { readAllCompressions } from './compression.ts';
import { MAX_REQUEST_BYTES, PARTITIONS } from './topic.ts';

const LEVELS = {
  [logLevel.ERROR]: 'error',
  [logLevel.WARN]: 'warn',
  [logLevel.INFO]: 'info',
  [logLevel.DEBUG]: 'debug',
} as const;

/** Short time-outs and few retries: whoever uses it decides what to do next, nothing hangs in a client's loop. */
export function kafkaClient(
  { kafkaBrokers }: Pick<Environment, 'kafkaBrokers'>,
  logger: Logger,
  retry: RetryOptions = { initialRetryTime: 200, maxRetryTime: 3_000, retries: 8 },
): Kafka {
  readAllCompressions();
  return new Kafka({
    clientId: 'hengjian',
    brokers: kafkaBrokers,
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry,
    logLevel: logLevel.INFO,
    logCreator:
      () =>
      ({ level, log: { message, timestamp: _, logger: __, stack: ___, ...fields } }) => {
        // It warns of what log-producer.ts does on purpose: a producer that failed is replaced.
        const expected = message.startsWith('Limiting retries for the idempotent producer');
        const name = expected ? 'debug' : LEVELS[level as keyof typeof LEVELS];
        if (name) logger[name]({ kafka: fields }, message);
      },
  });
}

/** The number of partitions of the topic, which is created if it is missing (replicated over up to three brokers). */
export async function ensureTopic(admin: Admin, topic: string): Promise<number> {
  if (!(await admin.listTopics()).includes(topic)) {
    const { brokers } = await admin.describeCluster();
    const replicationFactor = Math.min(3, brokers.length);
    await admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic,
          numPartitions: PARTITIONS,
          replicationFactor,
          configEntries: [
            // An acknowledgement must mean two copies where there are three brokers.
            { name: 'min.insync.replicas', value: String(Math.max(1, replicationFactor - 1)) },
            { name: 'max.message.bytes', value: String(MAX_REQUEST_BYTES) },
          ],
        },
      ],
    });
  }
  return countPartitions(admin, topic);
}

export async function countPartitions(admin: Admin, topic: string): Promise<number> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return topics[0]?.partitions.length ?? 0;
}
