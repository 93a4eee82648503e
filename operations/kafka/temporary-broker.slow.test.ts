import { existsSync } from 'node:fs';
import { untilServed } from '@hengjian/ingest/stream/log/kafka-client.ts';
import { Kafka, logLevel } from 'kafkajs';
import { describe, expect, test } from 'vitest';
import { hasJava, INSTALL_JAVA } from './kafka-jars.ts';
import { temporaryBroker } from './temporary-broker.ts';

describe.skipIf(!hasJava())(
  `a broker of one's own${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`,
  { timeout: 400_000 },
  () => {
    test('keeps what it acknowledged when it is killed, and leaves nothing behind', async () => {
      const broker = await temporaryBroker();
      try {
        const kafka = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING });
        const admin = kafka.admin();
        await admin.connect();
        await admin.createTopics({ topics: [{ topic: 't', numPartitions: 2 }], waitForLeaders: false });
        await untilServed(admin, 't');
        const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
        await producer.connect();
        await producer.send({ topic: 't', acks: -1, messages: [{ partition: 1, value: 'kept' }] });
        await broker.kill();
        await broker.start();
        await untilServed(admin, 't');
        const offsets = await admin.fetchTopicOffsets('t');
        expect(offsets.map((one) => [one.partition, one.high]).sort()).toEqual([
          [0, '0'],
          [1, '1'],
        ]);
        await producer.disconnect();
        await admin.disconnect();
      } finally {
        const pid = broker.pid()!;
        await broker.close();
        expect(existsSync(broker.directory)).toBe(false);
        expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
      }
    });
  },
);
