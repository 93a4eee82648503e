/** What other systems' producers may send: headers, times and transactions of all kinds. On a real broker and engine. */
import { hasJava, INSTALL_JAVA } from '@hengjian/operations/kafka/kafka-jars.ts';
import { sharedBroker } from '@hengjian/operations/kafka/shared-broker.ts';
import { type Admin, ConfigResourceTypes, Partitioners } from 'kafkajs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { HEADERS, reroutedHeaders } from '../log/record-headers.ts';
import { isDrained, readLogPositions, storedOffsets } from './log-positions.ts';
import { brokerAndEngine } from './testing/broker-and-engine.ts';
import { eachRecord } from './testing/each-record.ts';
import { eventLine } from './testing/test-topic.ts';

const PARTITIONS = 3;
const title = `records of foreign producers${hasJava() ? '' : ` (skipped: ${INSTALL_JAVA})`}`;

describe.skipIf(!hasJava())(title, { timeout: 400_000 }, () => {
  const real = brokerAndEngine({ startBroker: sharedBroker, partitions: PARTITIONS });
  const { worker, counts, untilRows } = real;
  let admin: Admin;
  beforeEach(async () => {
    admin = real.topic.kafka.admin();
    await admin.connect();
    return () => admin.disconnect();
  });
  const settings = async () => {
    const resources = [{ type: ConfigResourceTypes.TOPIC, name: real.topic.name }];
    const described = await admin.describeConfigs({ resources, includeSynonyms: false });
    return new Map(described.resources[0]!.configEntries.map((entry) => [entry.configName, entry.configValue]));
  };
  const set = (values: Record<string, string>) =>
    admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: real.topic.name,
          configEntries: Object.entries(values).map(([name, value]) => ({ name, value })),
        },
      ],
    });
  /** By the group and by the rows, as `status` tells it. */
  const untilNoLag = () =>
    vi.waitFor(
      async () => {
        const positions = await readLogPositions(admin, real.topic.name);
        const stored = await storedOffsets(real.warehouse, real.topic.name, positions);
        expect(positions.map(({ part, end }) => [part, end])).toEqual([...stored]);
        expect(isDrained(positions)).toBe(true);
      },
      { timeout: 180_000, interval: 200 },
    );

  test('headers of our names with nonsense in them are no headers: the record is judged like any other', async () => {
    const refused = (value: object) => ({ [HEADERS.refused]: JSON.stringify(value) });
    const verdict = { reason: 'id_length', detail: '', source: '', id: '', type: '', size: 5 };
    const headers = [
      ...Object.values(HEADERS).map((name) => ({ [name]: 'nonsense' })),
      refused({ ...verdict, reason: 'zzz' }),
      refused({ ...verdict, reason: 'toString' }),
      refused({ ...verdict, size: -5 }),
      refused({ ...verdict, detail: '\ud800' }),
    ];
    await real.topic.send(
      headers.map((headers, n) => ({ value: eventLine(`header-${n}`), partition: n % 3, headers })),
    );
    const one = await worker();
    await untilRows(headers.length);
    await one.stop();
    expect(one.failures).toEqual([]);
    expect(await counts()).toEqual({ events: headers.length, duplicates: 0, rejects: 0 });
  });

  test('ends of transactions, what was rolled back, and second copies are no lag', async () => {
    const one = await worker();
    const producer = real.topic.kafka.producer({
      transactionalId: real.topic.name,
      maxInFlightRequests: 1,
      idempotent: true,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    const sendIn = async (name: string, end: 'commit' | 'abort') => {
      const transaction = await producer.transaction();
      const messages = Array.from({ length: 12 }, (_, n) => ({ value: eventLine(`${name}-${n}`), partition: n % 3 }));
      await transaction.send({ topic: real.topic.name, messages });
      await transaction[end]();
    };
    await sendIn('committed', 'commit');
    await sendIn('aborted', 'abort');
    await untilRows(12);
    await untilNoLag();
    await sendIn('aborted again', 'abort');
    await untilNoLag();
    await producer.disconnect();
    const value = eventLine('copied');
    const copy = { value, partition: real.topic.home(value), headers: reroutedHeaders({ part: 0, pos: 99, time: 1 }) };
    await real.topic.send([copy, copy]);
    await untilRows(13);
    await untilNoLag();
    await one.stop();
    expect(await counts()).toEqual({ events: 13, duplicates: 0, rejects: 0 });
  });

  test('what was rolled back leaves no row: transactions that overlap, keys of zero bytes', async () => {
    const begin = async (name: string) => {
      const producer = real.topic.kafka.producer({
        transactionalId: `${real.topic.name}.${name}`,
        maxInFlightRequests: 1,
        idempotent: true,
        createPartitioner: Partitioners.DefaultPartitioner,
      });
      await producer.connect();
      const transaction = await producer.transaction();
      const send = (id: string) =>
        transaction.send({
          topic: real.topic.name,
          messages: [{ key: Buffer.alloc(4), value: eventLine(`${name} ${id}`), partition: 1 }],
        });
      return { producer, transaction, send };
    };
    const [first, second] = [await begin('first'), await begin('second')];
    await first.send('rolled back');
    await second.send('rolled back');
    await first.send('rolled back too');
    await second.transaction.abort();
    await first.send('rolled back as well');
    await first.transaction.abort();
    const third = await begin('third');
    await third.send('committed');
    await third.transaction.commit();
    for (const { producer } of [first, second, third]) await producer.disconnect();
    const one = await worker();
    await untilRows(1);
    await untilNoLag();
    await one.stop();
    const stored = await real.warehouse.query<{ id: string }>(
      'SELECT id FROM events WHERE origin = {name:String} UNION ALL SELECT id FROM duplicates WHERE origin = {name:String}',
      { name: real.topic.name },
    );
    expect(stored).toEqual([{ id: 'third committed' }]);
  });

  test('times that producers set count for nothing: old ones are not removed unread, later ones are rerouted', async () => {
    await set({ 'retention.ms': '86400000', 'message.timestamp.after.max.ms': '9223372036854775807' });
    const lines = Array.from({ length: 12 }, (_, n) => eventLine(`clock-${n}`));
    const producer = real.topic.kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const ahead = String(Date.now() + 2 * 3_600_000);
    const messages = lines.map((value) => ({ value, partition: (real.topic.home(value) + 1) % 3, timestamp: ahead }));
    await producer.send({ topic: real.topic.name, messages });
    await set({ 'retention.ms': '86400000' });
    const one = await worker();
    await untilRows(12);
    expect((await settings()).get('message.timestamp.type')).toBe('LogAppendTime');
    // The topic's own settings stay.
    expect((await settings()).get('retention.ms')).toBe('86400000');
    const before = Date.now();
    const late = eventLine('of last year');
    await producer.send({
      topic: real.topic.name,
      messages: [{ value: late, partition: real.topic.home(late), timestamp: String(Date.parse('2025-04-01')) }],
    });
    await producer.disconnect();
    await untilRows(13);
    await one.stop();
    expect(one.failures).toEqual([]);
    const times: number[] = [];
    await eachRecord(real.topic.kafka, real.topic.name, (_, { value, timestamp }) => {
      if (value?.toString() === late) times.push(Number(timestamp));
    });
    expect(times).toHaveLength(1);
    expect(times[0]).toBeGreaterThanOrEqual(before);
  });
});
