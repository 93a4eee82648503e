/** For broker tests: a topic of its own, and what became of its records in the warehouse. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Warehouse } from '@hengjian/warehouse';
import { CompressionTypes, type IHeaders, Kafka, logLevel } from 'kafkajs';
import { untilServed } from '../../log/kafka-client.ts';
import { partitionOf } from '../../log/record-key.ts';
import { groupOf } from '../../log/topic.ts';
import { isDrained, readLogPositions } from '../log-positions.ts';

export interface TestRecord {
  value: string | Buffer | null;
  partition: number;
  headers?: IHeaders;
}

export interface TestTopic {
  name: string;
  brokers: string;
  kafka: Kafka;
  /** The partition of the key of an event line. */
  home(line: string): number;
  send(records: readonly TestRecord[], compression?: CompressionTypes): Promise<void>;
  counts(warehouse: Warehouse): Promise<{ events: number; duplicates: number; rejects: number }>;
  /** Waits until events, duplicates and rejects together are `rows`. @throws after three minutes without growth, with the counts. */
  untilRows(warehouse: Warehouse, rows: number): Promise<void>;
  /** Waits until the group has committed all that is in the log, copies that are rerouted meanwhile included. */
  untilRead(): Promise<void>;
  /** The committed offset of each partition; -1 where none is. */
  committed(): Promise<Map<number, number>>;
  forgetGroup(): Promise<void>;
  /** Adds partitions, up to `partitions`; `home` is as at the beginning. */
  grow(partitions: number): Promise<void>;
  /** Deletes the topic and creates one of the same name. */
  createAnew(): Promise<void>;
  close(): Promise<void>;
}

export const SOURCE = '/systems/test';
const PATIENCE_MS = 180_000;

export const eventLine = (id: string, data: object = { account: 'a' }): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: SOURCE,
    type: 'login.succeeded',
    time: '2025-04-01T09:00:00+08:00',
    department: 'scjg',
    data,
  });

export async function testTopic(brokers: string, partitions: number): Promise<TestTopic> {
  const name = `test.${randomUUID()}`;
  const kafka = new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const create = async () => {
    await admin.createTopics({ topics: [{ topic: name, numPartitions: partitions }], waitForLeaders: false });
    await untilServed(admin, name);
  };
  await create();
  const newProducer = async () => {
    const fresh = kafka.producer({ allowAutoTopicCreation: false });
    await fresh.connect();
    return fresh;
  };
  let producer = await newProducer();
  const counts = async (warehouse: Warehouse) => {
    const [row] = await warehouse.query<{ events: number; duplicates: number; rejects: number }>(
      `SELECT (SELECT count() FROM events WHERE origin = {name:String}) AS events,
        (SELECT count() FROM duplicates WHERE origin = {name:String}) AS duplicates,
        (SELECT count() FROM rejects WHERE origin = {name:String}) AS rejects`,
      { name },
    );
    return row!;
  };
  return {
    name,
    brokers,
    kafka,
    home: (line) => partitionOf(Buffer.from(`${SOURCE}#${(JSON.parse(line) as { id: string }).id}`), partitions),
    async send(records, compression = CompressionTypes.None) {
      await producer.send({ topic: name, acks: -1, compression, messages: [...records] });
    },
    counts,
    async untilRows(warehouse, rows) {
      let best = -1;
      for (let deadline = Date.now() + PATIENCE_MS; ; ) {
        const now = await counts(warehouse);
        const total = now.events + now.duplicates + now.rejects;
        if (total >= rows) return;
        if (total > best) deadline = Date.now() + PATIENCE_MS;
        best = Math.max(best, total);
        if (Date.now() > deadline) throw new Error(`${total} of ${rows} rows: ${JSON.stringify(now)}`);
        await pause(100);
      }
    },
    async untilRead() {
      // Twice alike: the ends are asked for at the same time as the commits, and copies may come in between.
      let before = '';
      for (const deadline = Date.now() + PATIENCE_MS; ; await pause(200)) {
        const positions = await readLogPositions(admin, name);
        const now = JSON.stringify(positions);
        if (now === before && isDrained(positions)) return;
        before = now;
        if (Date.now() > deadline) throw new Error(`not read: ${JSON.stringify(positions)}`);
      }
    },
    async committed() {
      const positions = await readLogPositions(admin, name);
      return new Map(positions.map(({ part, committed = -1 }) => [part, committed]));
    },
    async forgetGroup() {
      // A member whose leaving got lost stays for as long as its session.
      for (const deadline = Date.now() + 60_000; ; await pause(200)) {
        try {
          await admin.deleteGroups([groupOf(name)]);
          return;
        } catch (error) {
          if (Date.now() > deadline) throw error;
        }
      }
    },
    async grow(partitions) {
      await admin.createPartitions({ topicPartitions: [{ topic: name, count: partitions }] });
      await untilServed(admin, name);
      // What it knows of the topic is minutes old; it would leave out records of new partitions without a word.
      await producer.disconnect();
      producer = await newProducer();
    },
    async createAnew() {
      await admin.deleteTopics({ topics: [name] });
      // Deleting ends after the answer.
      while ((await admin.listTopics()).includes(name)) await pause(100);
      await create();
    },
    async close() {
      await producer.disconnect();
      await admin.deleteTopics({ topics: [name] });
      await admin.disconnect();
    },
  };
}
