import type { TemporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import type { TestTopic } from './test-topic.ts';

/** For tests: the environment of a worker in a process of its own. */
export const workerEnvironment = (
  { dataDir, url }: Pick<TemporaryWarehouse, 'dataDir' | 'url'>,
  { brokers, name }: Pick<TestTopic, 'brokers' | 'name'>,
): NodeJS.ProcessEnv => ({
  ...process.env,
  HENGJIAN_DATA_DIR: dataDir,
  CLICKHOUSE_URL: url,
  KAFKA_BROKERS: brokers,
  KAFKA_TOPIC: name,
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  WORKER_PORT: '0',
});
