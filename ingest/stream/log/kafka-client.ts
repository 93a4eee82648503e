import { setTimeout as pause } from 'node:timers/promises';
import type { Environment } from '@hengjian/warehouse';
import { type Admin, Kafka, logLevel, type RetryOptions } from 'kafkajs';
import type { Logger } from 'pino';
import { APPEND_TIME, ensureAppendTime, type WarningLog } from './append-time.ts';
import { logCreator } from './log-creator.ts';
import { readFetches } from './read-fetches.ts';
import { MAX_REQUEST_BYTES, PARTITIONS } from './topic.ts';

/** Short time-outs and few retries: whoever uses it decides what to do next, nothing hangs in a client's loop. */
export function kafkaClient(
  { kafkaBrokers }: Pick<Environment, 'kafkaBrokers'>,
  logger: Logger,
  retry: RetryOptions = { initialRetryTime: 200, maxRetryTime: 3_000, retries: 8 },
): Kafka {
  readFetches();
  return new Kafka({
    clientId: 'hengjian',
    brokers: kafkaBrokers,
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry,
    logLevel: logLevel.INFO,
    logCreator: logCreator(logger),
  });
}

/** Which cluster answers, under whatever addresses. @throws if no broker answers */
export async function clusterOf(kafka: Kafka): Promise<string> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).clusterId;
  } finally {
    await admin.disconnect();
  }
}

/** The number of partitions of the topic, which is created if it is missing (replicated over up to three brokers). */
export async function ensureTopic(admin: Admin, topic: string, logger: WarningLog): Promise<number> {
  if ((await admin.listTopics()).includes(topic)) {
    await ensureAppendTime(admin, topic, logger);
    return countPartitions(admin, topic);
  }
  const { brokers } = await admin.describeCluster();
  const replicationFactor = Math.min(3, brokers.length);
  await admin.createTopics({
    waitForLeaders: false,
    topics: [
      {
        topic,
        numPartitions: PARTITIONS,
        replicationFactor,
        configEntries: [
          // An acknowledgement must mean two copies where there are three brokers.
          { name: 'min.insync.replicas', value: String(Math.max(1, replicationFactor - 1)) },
          { name: 'max.message.bytes', value: String(MAX_REQUEST_BYTES) },
          APPEND_TIME,
        ],
      },
    ],
  });
  return untilServed(admin, topic);
}

/**
 * The number of partitions, once each has a leader that serves it. A broker answers a request to create a topic before
 * it knows the topic itself, and names leaders before they have their logs; kafkajs gives up on the “unknown topic” of
 * that moment, or sends again what other partitions have taken already.
 * @throws the broker's error when that takes longer than 30 s
 */
export async function untilServed(admin: Admin, topic: string): Promise<number> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    try {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const partitions = topics[0]?.partitions ?? [];
      if (partitions.length > 0 && partitions.every(({ leader }) => leader >= 0)) {
        await admin.fetchTopicOffsets(topic);
        return partitions.length;
      }
      if (performance.now() > deadline) throw new Error(`The topic ${topic} has partitions without a leader.`);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await pause(100);
  }
}

export async function countPartitions(admin: Admin, topic: string): Promise<number> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  return topics[0]?.partitions.length ?? 0;
}
