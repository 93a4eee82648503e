/** For tests: one real broker and one real engine for all tests of a `describe`, and a topic for each. */
import { type TemporaryWarehouse, temporaryWarehouse } from '@hengjian/warehouse/testing.ts';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { WorkerObserver } from '../worker-observer.ts';
import { runWorker } from './run-worker.ts';
import { type TestTopic, testTopic } from './test-topic.ts';

export interface BrokerAndEngineOptions<Broker> {
  /** `sharedBroker` or `temporaryBroker`, handed in: of this room only the tests themselves may import operations (imports.test.ts). */
  startBroker: () => Promise<Broker>;
  partitions: number;
  /** Whether each test begins without rows; else those of the topics before stay. */
  emptied?: boolean;
}

/** Registers the hooks. What changes from test to test is read from the result when it is needed, not before. */
export function brokerAndEngine<Broker extends { brokers: string; close(): Promise<void> }>({
  startBroker,
  partitions,
  emptied = false,
}: BrokerAndEngineOptions<Broker>) {
  let broker: Broker;
  let temporary: TemporaryWarehouse;
  let topic: TestTopic;
  beforeAll(async () => {
    [broker, temporary] = await Promise.all([startBroker(), temporaryWarehouse()]);
  }, 400_000);
  afterAll(async () => {
    await temporary?.close();
    await broker?.close();
  });
  beforeEach(async () => {
    for (const table of emptied ? ['events', 'duplicates', 'rejects', 'forwarded_records'] : [])
      await temporary.warehouse.command(`TRUNCATE TABLE ${table}`);
    topic = await testTopic(broker.brokers, partitions);
    return () => topic.close();
  });
  return {
    get broker() {
      return broker;
    },
    get temporary() {
      return temporary;
    },
    get warehouse() {
      return temporary.warehouse;
    },
    get topic() {
      return topic;
    },
    worker: (observer?: Partial<WorkerObserver>) =>
      runWorker({ topic, warehouse: temporary.warehouse, ...(observer ? { observer } : {}) }),
    counts: () => topic.counts(temporary.warehouse),
    untilRows: (rows: number) => topic.untilRows(temporary.warehouse, rows),
  };
}
